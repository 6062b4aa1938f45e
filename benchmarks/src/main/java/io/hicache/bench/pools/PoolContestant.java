package io.hicache.bench.pools;

import io.hicache.bench.Contestant;
import io.hicache.bench.Entrant;
import java.io.IOException;

/**
 * One way to do the work of a cell of this suite, whose cells have little in common.
 *
 * @param label its name in tables
 * @param kind what it stands for
 * @param opening opens it
 * @param <W> what the contestants of its cell share
 */
record PoolContestant<W>(String label, Kind kind, Opening<W> opening) implements Contestant<W> {

  @Override
  public Entrant open(W workload) throws IOException {
    return opening.open(workload);
  }

  /** Opens a contestant. */
  @FunctionalInterface
  interface Opening<W> {
    Entrant open(W workload) throws IOException;
  }
}
