package io.hicache.cli;

/** What the command tells the shell; part of its contract, and never changed. */
final class ExitCode {
  /** What was asked is done. */
  static final int DONE = 0;

  /** A page that was asked for is not there. */
  static final int ABSENT = 1;

  /** The command line, or a file it names, cannot be used. */
  static final int WRONG_USE = 2;

  /** A page is there, but damaged or of another length. */
  static final int MISMATCH = 3;

  /** The store failed. */
  static final int STORE_FAILED = 4;

  private ExitCode() {}
}
