package io.hicache.bench;

import java.io.IOException;

/**
 * One way to do a cell's work: ours, a peer a user would pick instead, or a floor under them. Each
 * suite has an enum of them.
 *
 * @param <W> what the contestants of a suite share: memory, directory, tokens
 */
public interface Contestant<W> {

  /** What a contestant stands for. */
  enum Kind {
    /** A backend of ours, or a part of one. */
    OURS,
    /** What a user would pick instead, in its best variant. */
    PEER,
    /** The least that any Java code would have to do. */
    FLOOR,
    /** Something well known that gives a sense of scale. */
    SCALE
  }

  /** Returns the name in tables, as in {@code bare-x4}. */
  String label();

  /** Returns what it stands for. */
  Kind kind();

  /**
   * Opens the contestant for a trial.
   *
   * @param workload what the contestants share
   * @throws IOException if it cannot be opened; the trial then fails
   */
  Entrant open(W workload) throws IOException;
}
