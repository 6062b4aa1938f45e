package io.hicache.bench.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A median and where it lies with 95 % confidence.
 *
 * <p>The interval is a two-level percentile bootstrap: forks are drawn with replacement, then
 * rounds within each, because rounds of one JVM share its compiled code and its memory's place and
 * say less than as many rounds of several JVMs. One fork alone is resampled by rounds only, and its
 * interval knows nothing of what another JVM would have shown. Source: B. Efron, R. Tibshirani, An
 * Introduction to the Bootstrap (1993), ch. 13; T. Kalibera, R. Jones, Rigorous Benchmarking in
 * Reasonable Time (2013), for the levels.
 *
 * @param median the middle of all rounds
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 */
public record Estimate(double median, double low, double high) {
  /** How often the rounds are redrawn. */
  private static final int DRAWS = 2_000;

  /** Part of the draws left out on either side: 2.5 %. */
  private static final double TAIL = 0.025;

  /**
   * Estimates from one value per round.
   *
   * @param forks the rounds' values, an array per fork
   * @throws IllegalArgumentException if there is no fork, or one without rounds
   */
  public static Estimate of(List<double[]> forks) {
    if (forks.isEmpty() || forks.stream().anyMatch(rounds -> rounds.length == 0)) {
      throw new IllegalArgumentException("forks: each must have at least one round");
    }
    double[] medians = new double[DRAWS];
    SplittableRandom random = new SplittableRandom(DRAWS); // the same rounds, the same interval
    for (int draw = 0; draw < DRAWS; draw++) {
      medians[draw] = median(redrawn(forks, random));
    }
    Arrays.sort(medians);
    int cut = (int) (DRAWS * TAIL);
    return new Estimate(median(pooled(forks)), medians[cut], medians[DRAWS - 1 - cut]);
  }

  /**
   * Returns the middle value, or the mean of the middle two.
   *
   * @param values at least one value; sorted by this call
   */
  public static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private static double[] pooled(List<double[]> forks) {
    return forks.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] redrawn(List<double[]> forks, SplittableRandom random) {
    double[][] drawn = new double[forks.size()][];
    int length = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = forks.get(random.nextInt(drawn.length));
      length += drawn[i].length;
    }
    double[] values = new double[length];
    int next = 0;
    for (double[] rounds : drawn) {
      for (int i = 0; i < rounds.length; i++) {
        values[next++] = rounds[random.nextInt(rounds.length)];
      }
    }
    return values;
  }
}
