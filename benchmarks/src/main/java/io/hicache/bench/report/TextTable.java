package io.hicache.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table of text: aligned for a terminal, or as Markdown. The first column names its row. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Begins a table.
   *
   * @param headings one per column
   */
  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /**
   * Adds a row.
   *
   * @param cells as many as there are headings
   */
  public void add(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "row of %d cells: must have %d".formatted(cells.length, rows.getFirst().size()));
    }
    rows.add(List.of(cells));
  }

  /** Returns the table with its columns aligned, each line ended. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String gap = " ".repeat(width(column) - cell.length());
        line.append(' ').append(number(column) ? gap + cell : cell + gap).append(' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.append('\n').toString();
  }

  /** Returns the table as Markdown, each line ended. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      text.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
      if (row == 0) {
        for (int column = 0; column < rows.getFirst().size(); column++) {
          text.append(number(column) ? "|---:" : "|---");
        }
        text.append("|\n");
      }
    }
    return text.append('\n').toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /** Tells whether a column holds numbers below its heading: those stand at the right. */
  private boolean number(int column) {
    return rows.size() > 1
        && rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9.]+"));
  }
}
