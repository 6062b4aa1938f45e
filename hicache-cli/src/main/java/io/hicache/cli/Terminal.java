package io.hicache.cli;

/**
 * Which of the standard streams are a terminal. Java cannot tell them apart, so the launcher says
 * so in a property; without it, none is.
 */
final class Terminal {
  /** Holds the digits of the streams that are terminals: 0, 1 and 2, as the shell counts. */
  static final String PROPERTY = "hicache.cli.terminals";

  private Terminal() {}

  /** Tells whether a question can be asked and answered. */
  static boolean asks() {
    return is('0') && is('2');
  }

  /** Tells whether progress can be drawn. */
  static boolean draws() {
    return is('2');
  }

  private static boolean is(char stream) {
    return System.getProperty(PROPERTY, "").indexOf(stream) >= 0;
  }
}
