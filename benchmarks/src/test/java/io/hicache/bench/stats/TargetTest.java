package io.hicache.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "0.95, 0.80, 1.10, OK",
    "0.90, 0.85, 0.95, OK",
    "0.89, 0.85, 0.95, UNDECIDED",
    "0.89, 0.85, 0.90, UNDECIDED",
    "0.85, 0.80, 0.89, SHORT",
  })
  void judge_leastValue_isShortOnlyIfTheWholeIntervalIsBelow(
      double median, double low, double high, Verdict verdict) {
    assertEquals(verdict, Target.atLeast(0.90).judge(new Estimate(median, low, high)));
  }

  @ParameterizedTest
  @CsvSource({
    "1900, 1800, 2400, OK",
    "2048, 2000, 2100, OK",
    "2100, 2000, 2200, UNDECIDED",
    "2100, 2048, 2200, UNDECIDED",
    "2100, 2049, 2200, SHORT",
  })
  void judge_mostValue_isShortOnlyIfTheWholeIntervalIsAbove(
      double median, double low, double high, Verdict verdict) {
    assertEquals(verdict, Target.atMost(2048).judge(new Estimate(median, low, high)));
  }

  @Test
  void toString_eitherDirection_readsAsARule() {
    assertEquals(">=0.90", Target.atLeast(0.9).toString());
    assertEquals("<=2048", Target.atMost(2048).toString());
    assertEquals("<=1.10", Target.atMost(1.1).toString());
  }

  /** A value that misses its target by a hair must not look as if it met it. */
  @Test
  void show_valueJustBelow_keepsADigitMoreThanTheTarget() {
    assertEquals("0.899", Target.atLeast(0.9).show(0.8994));
    assertEquals("2049", Target.atMost(2048).show(2048.2));
    assertEquals("1.101", Target.atMost(1.1).show(1.1009));
  }
}
