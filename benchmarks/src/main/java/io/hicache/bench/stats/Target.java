package io.hicache.bench.stats;

import java.util.Locale;

/**
 * What a figure should reach: at least a ratio, or at most an amount.
 *
 * @param most whether the bound is the most allowed rather than the least wanted
 * @param bound the bound; itself meets the target
 */
public record Target(boolean most, double bound) {
  /** Bounds below are ratios'. */
  private static final double LEAST_AMOUNT = 100;

  /**
   * Makes the target of a ratio.
   *
   * @param bound the least wanted
   */
  public static Target atLeast(double bound) {
    return new Target(false, bound);
  }

  /**
   * Makes the target of an amount, as of bytes.
   *
   * @param bound the most allowed
   */
  public static Target atMost(double bound) {
    return new Target(true, bound);
  }

  /**
   * Judges an estimate: the median decides for, the whole interval against.
   *
   * @param estimate the figure so far
   */
  public Verdict judge(Estimate estimate) {
    if (meets(estimate.median())) {
      return Verdict.OK;
    }
    return meets(most ? estimate.low() : estimate.high()) ? Verdict.UNDECIDED : Verdict.SHORT;
  }

  /**
   * Writes a value as finely as this target needs: ratios to 0.001, amounts to the next whole one.
   *
   * @param value the value
   */
  public String show(double value) {
    return amount()
        ? String.format(Locale.ROOT, "%.0f", Math.ceil(value))
        : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Returns the rule, as in {@code >=0.90} or {@code <=2048}. */
  @Override
  public String toString() {
    String rule = most ? "<=" : ">=";
    return String.format(Locale.ROOT, amount() ? "%s%.0f" : "%s%.2f", rule, bound);
  }

  /** Tells an amount, of which the most allowed is large, from a ratio. */
  private boolean amount() {
    return most && bound >= LEAST_AMOUNT;
  }

  private boolean meets(double value) {
    return most ? value <= bound : value >= bound;
  }
}
