package io.hicache.bench;

import io.hicache.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;

/**
 * The program behind {@code hicache bench}: {@value Arguments#USAGE}
 *
 * <p>Tables go to stdout, progress to stderr. Exit codes: 0 when every cell ran, whatever the
 * verdicts; 2 for a wrong command line; 4 when a contestant was not available or failed.
 */
public final class Suites {
  private static final int DONE = 0;
  private static final int WRONG_USE = 2;
  private static final int FAILED = 4;

  private Suites() {}

  /**
   * Runs the program and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    OptionalInt elsewhere = CubicNamespace.run(List.of(args), progress);
    System.exit(
        elsewhere.isPresent() ? elsewhere.getAsInt() : run(List.of(args), results, progress));
  }

  /** Runs the program and returns its exit code. */
  static int run(List<String> args, PrintStream results, PrintStream progress) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException e) {
      progress.println(e.getMessage());
      progress.println(Arguments.USAGE);
      return WRONG_USE;
    }
    try (Scratch scratch = new Scratch(arguments.directory())) {
      Report report =
          new Session(arguments, new JmhForks(scratch.directory()), results, progress).run();
      if (arguments.json().isPresent()) {
        Files.writeString(arguments.json().get(), report.json());
      }
      if (arguments.publish().isPresent()) {
        report.publish(arguments.publish().get());
      }
      return DONE;
    } catch (CellFailure | IOException e) {
      progress.println(e.getMessage());
      return FAILED;
    }
  }
}
