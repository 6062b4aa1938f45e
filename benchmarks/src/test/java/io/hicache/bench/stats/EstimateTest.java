package io.hicache.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void of_oddNumberOfRounds_takesTheMiddleOne() {
    assertEquals(3, Estimate.of(List.of(new double[] {9, 1, 3})).median());
  }

  @Test
  void of_evenNumberOfRounds_takesTheMeanOfTheMiddleTwo() {
    assertEquals(2.5, Estimate.of(List.of(new double[] {4, 1, 3, 2})).median());
  }

  @Test
  void of_severalForks_poolsTheirRounds() {
    Estimate estimate = Estimate.of(List.of(new double[] {1, 2}, new double[] {3, 4, 5}));
    assertEquals(3, estimate.median());
  }

  @Test
  void of_equalRounds_hasAnIntervalOfNoWidth() {
    assertEquals(
        new Estimate(0.9, 0.9, 0.9),
        Estimate.of(List.of(new double[] {0.9, 0.9, 0.9}, new double[] {0.9, 0.9})));
  }

  @Test
  void of_oneWildRound_barelyMovesTheInterval() {
    double[] rounds = new double[41];
    Arrays.setAll(rounds, i -> 1 + i * 0.001);
    rounds[7] = 50;
    Estimate estimate = Estimate.of(List.of(rounds));
    assertTrue(estimate.high() < 1.1, () -> "high is " + estimate.high());
  }

  @Test
  void of_forksThatDisagree_spansTheForks() {
    double[] slow = filled(0.8);
    double[] fast = filled(1.0);
    Estimate estimate = Estimate.of(List.of(slow, fast, fast));
    assertEquals(1.0, estimate.median());
    assertEquals(0.8, estimate.low());
    assertEquals(1.0, estimate.high());
  }

  @Test
  void of_sameRounds_givesTheSameInterval() {
    List<double[]> forks = List.of(normal(new Random(5), 20), normal(new Random(6), 20));
    assertEquals(Estimate.of(forks), Estimate.of(forks));
  }

  /** The interval must hold the truth about as often as it says; 300 trials bound the error. */
  @Test
  void of_drawsFromAKnownDistribution_coversItsMedianAboutNineteenTimesInTwenty() {
    Random random = new Random(20260101);
    int covered = 0;
    for (int trial = 0; trial < 300; trial++) {
      Estimate estimate = Estimate.of(List.of(normal(random, 31)));
      covered += estimate.low() <= 0 && 0 <= estimate.high() ? 1 : 0;
    }
    int times = covered;
    assertTrue(times >= 273 && times <= 297, () -> times + " of 300");
  }

  @Test
  void of_noRounds_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Estimate.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Estimate.of(List.of(new double[0])));
  }

  private static double[] filled(double value) {
    double[] rounds = new double[15];
    Arrays.fill(rounds, value);
    return rounds;
  }

  private static double[] normal(Random random, int count) {
    double[] rounds = new double[count];
    Arrays.setAll(rounds, i -> random.nextGaussian());
    return rounds;
  }
}
