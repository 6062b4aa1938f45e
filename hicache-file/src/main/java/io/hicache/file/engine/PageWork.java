package io.hicache.file.engine;

import java.nio.channels.ClosedByInterruptException;

/** What is to be done at each position of a batch. */
@FunctionalInterface
interface PageWork {

  /**
   * Does one position, from its beginning whether or not it was begun before.
   *
   * @param position which
   * @param workspace the worker's own
   * @return whether the batch may go on
   * @throws ClosedByInterruptException if the thread was interrupted; the position is to be done
   *     again, by a thread that is not
   */
  boolean at(int position, Workspace workspace) throws ClosedByInterruptException;
}
