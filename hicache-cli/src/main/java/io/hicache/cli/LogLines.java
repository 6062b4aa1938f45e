package io.hicache.cli;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries' log to one line a message, and to warnings unless asked for more. */
final class LogLines {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  /** The root logger, held: a level set on a logger that nobody holds is forgotten. */
  private static final Logger ROOT = Logger.getLogger("");

  private LogLines() {}

  /** Sets the log up; to be called before anything logs. */
  static void configure(String... arguments) {
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, "hicache: %4$s: %5$s%6$s%n");
    }
    boolean verbose = Arrays.asList(arguments).contains("--verbose");
    ROOT.setLevel(verbose ? Level.INFO : Level.WARNING);
  }
}
