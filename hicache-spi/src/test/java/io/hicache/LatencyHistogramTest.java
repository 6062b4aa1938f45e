package io.hicache;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Buckets of latency, and what is read back from them. */
class LatencyHistogramTest {

  private static LatencyHistogram of(long... nanos) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    for (long each : nanos) {
      counts[LatencyHistogram.bucketOf(each)]++;
    }
    return new LatencyHistogram(
        counts, Arrays.stream(nanos).sum(), Arrays.stream(nanos).max().orElse(0));
  }

  @Test
  void bucketOf_shortTimes_isOneBucketEach() {
    for (int nanos = 0; nanos < 16; nanos++) {
      int next = LatencyHistogram.bucketOf(nanos + 1);
      assertTrue(next > LatencyHistogram.bucketOf(nanos), nanos + " and the next");
    }
    assertEquals(LatencyHistogram.bucketOf(0), LatencyHistogram.bucketOf(-1));
    assertEquals(LatencyHistogram.bucketOf(0), LatencyHistogram.bucketOf(Long.MIN_VALUE));
  }

  @Test
  void bucketOf_longerTimes_isNeverALowerBucket() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long shorter = random.nextLong() >>> (1 + random.nextInt(62));
      long longer = shorter + (random.nextLong() >>> (1 + random.nextInt(62)));
      if (longer >= shorter) {
        assertTrue(LatencyHistogram.bucketOf(shorter) <= LatencyHistogram.bucketOf(longer));
      }
    }
    assertTrue(LatencyHistogram.bucketOf(Long.MAX_VALUE) < LatencyHistogram.BUCKETS);
  }

  @Test
  void bucketOf_bothSidesOfAnEdge_differs() {
    for (int exponent = 3; exponent < 63; exponent++) {
      for (int step = 0; step < 8; step++) {
        long edge = (1L << exponent) + ((long) step << (exponent - 3));
        assertEquals(8 * exponent + step, LatencyHistogram.bucketOf(edge));
        assertTrue(LatencyHistogram.bucketOf(edge - 1) < LatencyHistogram.bucketOf(edge));
      }
    }
  }

  @Test
  void percentile_ofOneTime_isThatTime() {
    long[] times = {0, 1, 7, 8, 9, 999, 123_456_789, Long.MAX_VALUE / 2, Long.MAX_VALUE};
    for (long nanos : times) {
      for (double share : new double[] {0, 0.5, 1}) {
        assertEquals(Duration.ofNanos(nanos), of(nanos).percentile(share));
      }
    }
  }

  /** Against the sorted times themselves: never below the true one, and at most an eighth above. */
  @Test
  void percentile_ofRandomTimes_isAtMostAnEighthAboveTheTrueOne() {
    Random random = new Random(2);
    for (int round = 0; round < 300; round++) {
      long[] nanos =
          random.longs(1 + random.nextInt(200), 1, 1L << (1 + random.nextInt(40))).toArray();
      LatencyHistogram histogram = of(nanos);
      Arrays.sort(nanos);
      for (double share : new double[] {0, 0.01, 0.5, 0.9, 0.99, 1, random.nextDouble()}) {
        int rank = Math.max(1, (int) Math.ceil(share * nanos.length));
        long truth = nanos[rank - 1];
        long told = histogram.percentile(share).toNanos();
        assertTrue(told >= truth, told + " below " + truth);
        assertTrue(told <= truth + truth / 8.0, told + " too far above " + truth);
      }
    }
  }

  @Test
  void histogram_ofSomeTimes_tellsCountMeanAndMax() {
    LatencyHistogram histogram = of(10, 20, 60);
    assertEquals(3, histogram.count());
    assertEquals(Duration.ofNanos(30), histogram.mean());
    assertEquals(Duration.ofNanos(60), histogram.max());
    assertEquals(Duration.ofNanos(60), histogram.percentile(1));
    assertEquals(
        "count=3 mean=PT0.00000003S p50=PT0.000000021S p99=PT0.00000006S max=PT0.00000006S",
        histogram.toString());
  }

  @Test
  void histogram_ofNothing_isZeroThroughout() {
    LatencyHistogram none = of();
    assertEquals(0, none.count());
    assertEquals(Duration.ZERO, none.mean());
    assertEquals(Duration.ZERO, none.max());
    assertEquals(Duration.ZERO, none.percentile(0.5));
  }

  @Test
  void histogram_afterItsCountsWereChanged_isAsItWas() {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    counts[3] = 1;
    LatencyHistogram histogram = new LatencyHistogram(counts, 3, 3);
    counts[3] = 100;
    assertEquals(1, histogram.count());
    assertEquals(Duration.ofNanos(3), histogram.percentile(1));
  }

  @Test
  void percentile_ofNoShare_isRefused() {
    for (double share : new double[] {-0.01, 1.01, Double.NaN, 99}) {
      assertRefused(() -> of(1).percentile(share), "share " + share, "0 to 1");
    }
  }

  @Test
  void histogram_ofOtherBuckets_isRefused() {
    assertRefused(
        () -> new LatencyHistogram(new long[3], 0, 0), "counts of 3 buckets", "must be 512");
  }
}
