package io.hicache.examples;

import io.hicache.examples.Engine.Found;
import io.hicache.examples.Engine.Served;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Prompts for the {@link Engine}, whose store fails in the middle and comes back. */
public final class Main {
  private Main() {}

  /** Takes a directory, under which the store is to be. */
  public static void main(String... args) throws Exception {
    serve(Path.of(args[0]), System.out);
  }

  static List<Served> serve(Path parent, PrintStream out) throws Exception {
    Path store = parent.resolve("store");
    Path away = parent.resolve("away");
    Callable<String> nothing = () -> "happens";
    List<Served> all = new ArrayList<>();
    try (Engine engine = new Engine(store)) {
      all.add(told(out, "10 pages", engine.serve(prompt(10, 10), nothing)));
      all.add(told(out, "4 more", engine.serve(prompt(14, 14), nothing)));
      all.add(told(out, "2 others", engine.serve(prompt(12, 14), nothing)));
      all.add(told(out, "it fails", engine.serve(prompt(14, 14), () -> Files.move(store, away))));
      Files.move(away, store);
      all.add(told(out, "it is back", engine.serve(prompt(14, 14), nothing)));
    }
    return all;
  }

  private static Served told(PrintStream out, String what, Served served) throws Exception {
    Found found = served.found();
    out.printf("%s: %d restored%n  of %s%n", what, found.pages(), found.hits());
    out.printf("  read: %s%n  written: %s%n", found.read(), served.written().get());
    return served;
  }

  /** Makes a prompt whose first pages are as in all prompts, and whose others are its own. */
  private static int[] prompt(int common, int pages) {
    int own = common * Engine.PAGE_TOKENS;
    return IntStream.range(0, pages * Engine.PAGE_TOKENS).map(i -> i < own ? i : i + 1).toArray();
  }
}
