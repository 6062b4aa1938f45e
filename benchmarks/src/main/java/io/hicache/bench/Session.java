package io.hicache.bench;

import io.hicache.bench.report.CellReport;
import io.hicache.bench.report.Host;
import io.hicache.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
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

  /** Runs every cell, prints each as it comes, and closes with a line per figure. */
  Report run() throws IOException, CellFailure {
    List<Cell> cells =
        arguments.suites().stream()
            .flatMap(suite -> suite.cells(arguments.effort()).stream())
            .toList();
    List<CellReport> reports = new ArrayList<>();
    for (Cell cell : cells) {
      CellReport report = run(cell, "[" + (reports.size() + 1) + "/" + cells.size() + "] ");
      results.println(report.text());
      reports.add(report);
    }
    Report report =
        new Report(
            Host.here(arguments.directory()),
            arguments.effort().name().toLowerCase(Locale.ROOT),
            reports);
    report.closingLines().forEach(results::println);
    return report;
  }

  private CellReport run(Cell cell, String counted) throws IOException, CellFailure {
    Plan plan = cell.plan(arguments.effort());
    Samples samples = new Samples(List.of());
    CellReport report;
    do {
      int number = samples.forks().size() + 1;
      say(counted + cell.name() + ", JVM " + number + (number > plan.forks() ? ", undecided" : ""));
      samples = samples.and(forks.run(cell, plan));
      report = CellReport.of(cell, samples);
    } while (plan.wantsMore(samples.forks().size(), report.undecided(), timeLeft()));
    return report;
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
