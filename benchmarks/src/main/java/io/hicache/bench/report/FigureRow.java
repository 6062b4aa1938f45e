package io.hicache.bench.report;

import io.hicache.bench.Figure;
import io.hicache.bench.Samples;
import io.hicache.bench.stats.Estimate;
import io.hicache.bench.stats.Target;
import io.hicache.bench.stats.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure and what became of it.
 *
 * @param name its name
 * @param measure what was measured, in words
 * @param value the median
 * @param low the lower end of the 95 % interval
 * @param high the upper end
 * @param target the rule it is held to; null if it is only reported
 * @param verdict null if it is only reported
 */
public record FigureRow(
    String name,
    String measure,
    double value,
    double low,
    double high,
    @Nullable Target target,
    @Nullable Verdict verdict) {

  static FigureRow of(Figure figure, Samples samples) {
    Estimate estimate = figure.measure().in(samples);
    return new FigureRow(
        figure.name(),
        figure.measure().words(samples),
        estimate.median(),
        estimate.low(),
        estimate.high(),
        figure.target().orElse(null),
        figure.target().map(target -> target.judge(estimate)).orElse(null));
  }

  /** Tells whether more rounds could change the verdict. */
  public boolean undecided() {
    return verdict == Verdict.UNDECIDED;
  }

  /**
   * Returns {@code short} only where the whole interval misses the target; empty if there is none.
   */
  public String word() {
    if (verdict == null) {
      return "";
    }
    return verdict == Verdict.SHORT ? "short" : "ok";
  }

  /** Returns the value, as finely as its target needs. */
  public String shown() {
    return show(value);
  }

  /** Returns the interval, as in {@code [0.91, 0.97]}. */
  public String interval() {
    return "[" + show(low) + ", " + show(high) + "]";
  }

  /** Returns the line that a run closes with: figure, value, target and verdict, by tabs. */
  public String line() {
    return String.join("\t", name, shown(), String.valueOf(target), word());
  }

  private String show(double number) {
    return target == null ? String.format(Locale.ROOT, "%.3f", number) : target.show(number);
  }
}
