package io.hicache.bench;

import io.hicache.bench.report.CellReport;
import io.hicache.bench.report.FigureRow;
import io.hicache.bench.report.Host;
import io.hicache.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** One run of some suites: every cell's forks, and more of them while a figure is undecided. */
final class Session {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Arguments arguments;
  private final Forks forks;
  private final PrintStream results;
  private final PrintStream progress;
  private final long start = System.nanoTime();

  Session(Arguments arguments, Forks forks, PrintStream results, PrintStream progress) {
    this.arguments = arguments;
    this.forks = forks;
    this.results = results;
    this.progress = progress;
  }

  /**
   * Runs every cell, prints their tables, and closes with a line per figure. A pass runs one JVM of
   * each cell that wants one, so that a cell's JVMs lie far apart in time.
   */
  Report run() throws IOException, CellFailure {
    List<Cell> cells =
        arguments.suites().stream()
            .flatMap(suite -> suite.cells(arguments.effort()).stream())
            .toList();
    List<Samples> samples =
        new ArrayList<>(Collections.nCopies(cells.size(), new Samples(List.of())));
    for (int pass = 1, ran = -1; ran != 0; pass++) {
      ran = 0;
      for (int i = 0; i < cells.size(); i++) {
        if (wantsMore(cells.get(i), samples.get(i))) {
          say("pass %d, %d of %d: %s".formatted(pass, i + 1, cells.size(), cells.get(i).name()));
          samples.set(i, samples.get(i).and(forks.run(cells.get(i), plan(cells.get(i)))));
          ran++;
        }
      }
    }
    return told(cells, samples);
  }

  private Report told(List<Cell> cells, List<Samples> samples) throws IOException {
    List<CellReport> reports = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      reports.add(CellReport.of(cells.get(i), samples.get(i)));
      results.println(reports.getLast().text());
    }
    Report report =
        new Report(
            Host.here(arguments.directory()),
            arguments.effort().name().toLowerCase(Locale.ROOT),
            reports);
    report.closingLines().forEach(results::println);
    long undecided = report.judged().stream().filter(FigureRow::undecided).count();
    say("done; %d of %d figures are within the noise".formatted(undecided, report.judged().size()));
    return report;
  }

  private boolean wantsMore(Cell cell, Samples samples) {
    int done = samples.forks().size();
    boolean undecided = done > 0 && CellReport.of(cell, samples).undecided();
    return plan(cell).wantsMore(done, undecided, timeLeft());
  }

  private Plan plan(Cell cell) {
    return cell.plan(arguments.effort());
  }

  private void say(String what) {
    progress.printf(Locale.ROOT, "%4.0f s %s%n", seconds(), what);
  }

  private boolean timeLeft() {
    return seconds() < arguments.effort().budget().toSeconds();
  }

  private double seconds() {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  /** Runs a JVM's worth of a cell. */
  interface Forks {
    Samples run(Cell cell, Plan plan) throws IOException, CellFailure;
  }
}
