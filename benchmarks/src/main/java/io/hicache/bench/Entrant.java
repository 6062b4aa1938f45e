package io.hicache.bench;

import java.io.IOException;

/**
 * A contestant held open. A turn is {@link #prepare}, then {@link #run} under the clock, then
 * {@link #tidy}; the first turn has {@link #arm} before its run and {@link #verify} after it.
 *
 * <p><b>Threads.</b> Turns come one at a time from one thread.
 */
public interface Entrant extends AutoCloseable {

  /**
   * Makes ready what a caller would have at hand: the turn's pages, fresh keys.
   *
   * @param turn counts the turns of all contestants, so that no two in a row touch the same bytes
   */
  void prepare(int turn) throws IOException;

  /** Spoils what an earlier contestant left where this one's result will be looked for. */
  void arm();

  /**
   * Does one batch.
   *
   * @throws IOException if it could not be done; the trial then fails
   */
  Work run() throws IOException;

  /**
   * Compares every byte of the last run with what it should be.
   *
   * @throws IllegalStateException if a byte differs; the trial then fails
   */
  void verify() throws IOException;

  /** Puts away what the run stored, so that stored data stay bounded. */
  void tidy() throws IOException;

  @Override
  void close() throws IOException;
}
