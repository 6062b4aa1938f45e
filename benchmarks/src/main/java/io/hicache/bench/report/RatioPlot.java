package io.hicache.bench.report;

import io.hicache.bench.stats.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Every ratio on one axis, as SVG: a dot for the median, a bar for its interval, a tick for its
 * target.
 */
final class RatioPlot {
  private static final int LABELS = 300;
  private static final int AXIS = 480;
  private static final int MARGIN = 40;
  private static final int ROW = 16;
  private static final double MOST = 1.5;
  private static final double GRID = 0.25;

  private final StringBuilder svg = new StringBuilder();

  private RatioPlot() {}

  static String of(List<FigureRow> figures) {
    List<FigureRow> ratios =
        figures.stream().filter(row -> row.target() != null && !row.target().most()).toList();
    return new RatioPlot().drawn(ratios);
  }

  private String drawn(List<FigureRow> ratios) {
    int bottom = MARGIN + ROW * ratios.size();
    svg.append(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
            .formatted(LABELS + AXIS + MARGIN, bottom + ROW));
    svg.append(" font-family='sans-serif' font-size='11'>\n");
    svg.append("<rect width='100%' height='100%' fill='white'/>\n");
    for (double at = 0; at <= MOST; at += GRID) {
      line(x(at), x(at), MARGIN, bottom, at == 1 ? "stroke='#888'" : "stroke='#ddd'");
      text(x(at), MARGIN - 10, "middle", String.format(Locale.ROOT, "%.2f", at));
    }
    for (int i = 0; i < ratios.size(); i++) {
      row(ratios.get(i), MARGIN + ROW * i + ROW / 2);
    }
    return svg.append("</svg>\n").toString();
  }

  private void row(FigureRow row, int y) {
    String color = row.verdict() == Verdict.SHORT ? "#c0392b" : "#1f6f4a";
    text(LABELS - 10, y + 4, "end", row.name());
    line(
        x(row.low()),
        x(row.high()),
        y,
        y,
        "stroke='" + color + "' stroke-width='3' stroke-opacity='0.4'");
    svg.append("<circle cx='").append(number(x(row.value())));
    svg.append("' cy='").append(y).append("' r='3.5' fill='").append(color).append("'/>\n");
    if (row.target() != null) {
      double bound = x(row.target().bound());
      line(bound, bound, y - 6, y + 6, "stroke='black'");
    }
  }

  private void line(double x1, double x2, int y1, int y2, String style) {
    svg.append("<line x1='").append(number(x1)).append("' x2='").append(number(x2));
    svg.append("' y1='").append(y1).append("' y2='").append(y2);
    svg.append("' ").append(style).append("/>\n");
  }

  private void text(double x, int y, String anchor, String words) {
    svg.append("<text x='").append(number(x)).append("' y='").append(y);
    svg.append("' text-anchor='").append(anchor).append("'>").append(words).append("</text>\n");
  }

  private static double x(double ratio) {
    return LABELS + AXIS * Math.clamp(ratio, 0, MOST) / MOST;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
