package io.hicache.bench;

import java.util.List;

/** A family of cells. */
public interface Suite {

  /** Returns the name, as users ask for it. */
  String name();

  /**
   * Returns the cells to run.
   *
   * @param effort how much they may take
   */
  List<Cell> cells(Effort effort);

  /**
   * Finds a cell by its name, which need not be one of {@link #cells}.
   *
   * @param name the cell's name, beginning with this suite's
   * @throws IllegalArgumentException if no cell can have that name
   */
  Cell cell(String name);
}
