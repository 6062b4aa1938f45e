package io.hicache.bench.report;

/** A report as a page of Markdown: where, the plot, the figures, then every cell. */
final class MarkdownPage {
  private MarkdownPage() {}

  static String of(Report report) {
    StringBuilder page = new StringBuilder();
    page.append("# Benchmarks, ").append(report.host().date()).append("\n\n");
    page.append("How these are measured and what the words mean: [benchmarks](../README.md).\n\n");
    page.append(host(report).markdown());
    page.append("![Every ratio beside its target](ratios.svg)\n\n");
    page.append("## Figures\n\n").append(figures(report).markdown());
    page.append("## Cells\n\n");
    for (CellReport cell : report.cells()) {
      page.append("### ").append(cell.name()).append("\n\n");
      page.append(cell.heading()).append("\n\n");
      page.append(cell.contestantTable().markdown());
      page.append(cell.figureTable().markdown());
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static TextTable host(Report report) {
    Host host = report.host();
    TextTable table = new TextTable("where", "");
    table.add("processor", host.processor() + ", " + host.cores() + " cores");
    table.add("memory", host.memoryGib() + " GiB");
    table.add("system", host.system());
    table.add("file system", host.fileSystem());
    table.add("TCP congestion control", host.congestionControl());
    table.add("JDK", host.jdk());
    table.add("commit", host.commit());
    table.add("effort", report.effort());
    return table;
  }

  private static TextTable figures(Report report) {
    TextTable table = new TextTable("figure", "value", "95 % interval", "target", "verdict");
    for (FigureRow row : report.judged()) {
      table.add(
          row.name(),
          row.shown(),
          row.interval(),
          String.valueOf(row.target()),
          row.word() + (row.undecided() ? ", within the noise" : ""));
    }
    return table;
  }
}
