package io.hicache;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long calls took: a snapshot of counts in buckets of at most 12.5 % width, from 1 ns up.
 *
 * <p>Bucket {@code 8·e + m} of a duration in nanoseconds with top bit {@code e} and the three bits
 * below it {@code m}; durations below 8 ns have a bucket each. Immutable.
 */
public final class LatencyHistogram {
  /** Sub-buckets per power of two, as a shift. */
  private static final int STEP_BITS = 3;

  /** Number of buckets, enough for every positive {@code long}. */
  public static final int BUCKETS = 64 << STEP_BITS;

  private final long[] counts;
  private final long count;
  private final long totalNanos;
  private final long maxNanos;

  /**
   * Makes a snapshot.
   *
   * @param counts calls per bucket, as {@link #bucketOf} numbers them; copied
   * @param totalNanos the sum of all durations
   * @param maxNanos the longest duration
   * @throws IllegalArgumentException if there are not {@value #BUCKETS} buckets
   */
  public LatencyHistogram(long[] counts, long totalNanos, long maxNanos) {
    if (counts.length != BUCKETS) {
      throw new IllegalArgumentException(
          "counts of %d buckets: must be %d".formatted(counts.length, BUCKETS));
    }
    this.counts = counts.clone();
    this.count = Arrays.stream(counts).sum();
    this.totalNanos = totalNanos;
    this.maxNanos = maxNanos;
  }

  /**
   * Returns the bucket of a duration.
   *
   * @param nanos the duration; 0 or less counts as 0
   */
  public static int bucketOf(long nanos) {
    long value = Math.max(nanos, 0);
    if (value < 1 << STEP_BITS) {
      return (int) value;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int step = (int) (value >>> (exponent - STEP_BITS)) & ((1 << STEP_BITS) - 1);
    return (exponent << STEP_BITS) + step;
  }

  /** Returns how many calls were counted. */
  public long count() {
    return count;
  }

  /** Returns the mean; zero if nothing was counted. */
  public Duration mean() {
    return Duration.ofNanos(count == 0 ? 0 : totalNanos / count);
  }

  /** Returns the longest. */
  public Duration max() {
    return Duration.ofNanos(maxNanos);
  }

  /**
   * Returns a duration that the given share of calls did not exceed, to the bucket's width.
   *
   * @param share 0 to 1; 0.99 for the 99th percentile
   * @throws IllegalArgumentException if the share is out of range
   */
  public Duration percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share " + share + ": must be 0 to 1");
    }
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS && count > 0; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return Duration.ofNanos(Math.min(upperNanos(bucket), maxNanos));
      }
    }
    return max();
  }

  @Override
  public String toString() {
    return "count=%d mean=%s p50=%s p99=%s max=%s"
        .formatted(count, mean(), percentile(0.5), percentile(0.99), max());
  }

  /** Returns the largest duration that falls into a bucket. */
  private static long upperNanos(int bucket) {
    int exponent = bucket >>> STEP_BITS;
    if (exponent < STEP_BITS) {
      return bucket;
    }
    long step = bucket & ((1 << STEP_BITS) - 1);
    long width = 1L << (exponent - STEP_BITS);
    return (1L << exponent) + (step + 1) * width - 1;
  }
}
