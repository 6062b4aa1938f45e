package io.hicache.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One setting of a suite: what is done, who takes part, and which figures come of it. */
public interface Cell {

  /** Returns the name, beginning with the suite's: {@code file.read.1MiB.64.1}. */
  String name();

  /** Returns what its work is counted in. */
  Unit unit();

  /** Returns who takes part. */
  List<? extends Contestant<?>> contestants();

  /** Returns the pairs of one contestant run twice; their ratio is the noise. */
  List<Figure> twins();

  /** Returns the figures. */
  List<Figure> figures();

  /**
   * Returns how long to run.
   *
   * @param effort how much it may take
   */
  Plan plan(Effort effort);

  /** Returns the size of the heap of its JVMs, as {@code -Xmx} takes it. */
  default String heap() {
    return "1g";
  }

  /**
   * Returns a cell of the same contestants and little work, which is run for a while before this
   * one, so that what is measured is compiled as it would be in a server; empty if this one's own
   * warm-up is enough.
   */
  default Optional<Cell> rehearsal() {
    return Optional.empty();
  }

  /**
   * Opens the contestants in this JVM.
   *
   * @param directory an existing directory for what the cell stores; what is left there by the
   *     close is small, and for whoever made it to remove
   */
  Lineup open(Path directory) throws IOException;
}
