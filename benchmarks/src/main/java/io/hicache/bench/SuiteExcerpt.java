package io.hicache.bench;

import java.util.List;

/**
 * Some of a suite's cells: those whose names begin alike.
 *
 * @param whole the suite
 * @param prefix the beginning of their names, up to a dot or whole
 */
record SuiteExcerpt(Suite whole, String prefix) implements Suite {

  /**
   * Checks that there are any.
   *
   * @throws IllegalArgumentException if no cell's name begins so
   */
  SuiteExcerpt {
    if (cells(whole, prefix, Effort.FULL).isEmpty()) {
      throw new IllegalArgumentException(
          "cells %s: must begin the name of one of suite %s, as in %s"
              .formatted(prefix, whole.name(), whole.cells(Effort.FULL).getFirst().name()));
    }
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public List<Cell> cells(Effort effort) {
    return cells(whole, prefix, effort);
  }

  @Override
  public Cell cell(String name) {
    return whole.cell(name);
  }

  private static List<Cell> cells(Suite whole, String prefix, Effort effort) {
    return whole.cells(effort).stream()
        .filter(cell -> (cell.name() + ".").startsWith(prefix + "."))
        .toList();
  }
}
