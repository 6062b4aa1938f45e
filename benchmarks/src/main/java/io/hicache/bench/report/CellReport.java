package io.hicache.bench.report;

import io.hicache.bench.Cell;
import io.hicache.bench.Samples;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of a cell.
 *
 * @param name its name
 * @param forks how many JVMs ran
 * @param rounds how many rounds counted, over all of them
 * @param rateName what {@link ContestantRow#rate} is in
 * @param cpuName what {@link ContestantRow#cpu} is in
 * @param contestants who took part
 * @param twins the ratios of a contestant to itself: the noise
 * @param figures the figures
 */
public record CellReport(
    String name,
    int forks,
    int rounds,
    String rateName,
    String cpuName,
    List<ContestantRow> contestants,
    List<FigureRow> twins,
    List<FigureRow> figures) {

  /**
   * Reads the rounds of a cell.
   *
   * @param cell the cell
   * @param samples its rounds, at least one
   */
  public static CellReport of(Cell cell, Samples samples) {
    return new CellReport(
        cell.name(),
        samples.forks().size(),
        samples.rounds(),
        cell.unit().rateName(),
        cell.unit().cpuName(),
        cell.contestants().stream()
            .map(contestant -> ContestantRow.of(contestant, cell.unit(), samples))
            .toList(),
        cell.twins().stream().map(figure -> FigureRow.of(figure, samples)).toList(),
        cell.figures().stream().map(figure -> FigureRow.of(figure, samples)).toList());
  }

  /** Tells whether more rounds could change a verdict. */
  public boolean undecided() {
    return figures.stream().anyMatch(FigureRow::undecided);
  }

  /** Returns how the rounds came about and how noisy they were, in one line. */
  public String heading() {
    return "%s: %d %s, %d rounds; twins %s"
        .formatted(
            name,
            forks,
            forks == 1 ? "JVM" : "JVMs",
            rounds,
            twins.stream()
                .map(twin -> twin.shown() + " " + twin.interval())
                .collect(Collectors.joining(" and ")));
  }

  /** Returns the contestants as a table, headings first. */
  public TextTable contestantTable() {
    TextTable table = new TextTable("contestant", rateName, "heap B/page", cpuName, "pages done");
    for (ContestantRow row : contestants) {
      table.add(
          row.label(),
          number("%.1f", row.rate()),
          number("%.0f", row.heapPerPage()),
          number("%.0f", row.cpu()),
          row.done() + (row.done() == row.pages() ? "" : " of " + row.pages()));
    }
    return table;
  }

  /** Returns the figures as a table, headings first. */
  public TextTable figureTable() {
    TextTable table =
        new TextTable("figure", "measured", "value", "95 % interval", "target", "verdict");
    for (FigureRow row : figures) {
      table.add(
          row.name(),
          row.measure(),
          row.shown(),
          row.interval(),
          row.target() == null ? "–" : row.target().toString(),
          row.word() + (row.undecided() ? ", within the noise" : ""));
    }
    return table;
  }

  /** Returns all of it as text for a terminal. */
  public String text() {
    return heading() + "\n" + contestantTable().text() + figureTable().text();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
