package io.hicache.bench;

/** A cell that could not be run to its end: a contestant was not available, or failed. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1;

  CellFailure(String cell, String log, Throwable cause) {
    super("cell " + cell + " failed:\n" + log, cause);
  }
}
