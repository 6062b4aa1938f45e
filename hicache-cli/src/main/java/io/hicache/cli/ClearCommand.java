package io.hicache.cli;

import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.StoreReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes every page of a namespace. */
@Command(
    name = "clear",
    description = "Removes every page of a namespace, and nothing else. Asks first.",
    footer = {"", "Example:", "  ./hicache clear --namespace 5d41402abc4b2a76 --yes"})
final class ClearCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;
  @Mixin private Results results;

  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    if (!yes && !Terminal.asks()) {
      throw new IllegalArgumentException(
          "--yes: must be given where there is no terminal to ask on");
    }
    try (HiCacheStorage open = store.open()) {
      if (!open.capabilities().has(Feature.CLEARS)) {
        throw new IllegalArgumentException(
            "clear: backend %s cannot remove a namespace's pages".formatted(store.backend()));
      }
      StoreReport before = open.inspect();
      if (!yes && !agreed(before)) {
        throw new IllegalArgumentException("clear: not confirmed, nothing was removed");
      }
      open.clear();
      results.print(
          Map.of("namespace", before.namespace(), "cleared", true),
          "%s\tcleared\t%s".formatted(before.namespace(), pages(before.pages())));
      return ExitCode.DONE;
    }
  }

  private boolean agreed(StoreReport report) throws IOException {
    PrintWriter err = results.progress();
    err.print(
        "Remove %s of namespace %s in %s? [y/N] "
            .formatted(pages(report.pages()), report.namespace(), store.backend()));
    err.flush();
    String answer =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  private static String pages(OptionalLong pages) {
    return pages.isPresent() ? pages.getAsLong() + " pages" : "all pages";
  }
}
