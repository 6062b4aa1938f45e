package io.hicache.spi;

import io.hicache.CallOptions;
import java.time.Duration;

/**
 * The moment after which a call starts nothing more, fixed when the call begins. Immutable.
 *
 * @param endNanos the moment by {@link System#nanoTime}; meaningless if unbounded
 * @param bounded whether there is one
 */
public record Deadline(long endNanos, boolean bounded) {
  /** No deadline. */
  public static final Deadline NONE = new Deadline(0, false);

  /** Longest wait that is told from none: about 146 years, half of what nanoseconds can count. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  /**
   * Starts the clock of a call.
   *
   * @param options the call's options
   */
  public static Deadline of(CallOptions options) {
    return options.deadline().map(Deadline::in).orElse(NONE);
  }

  /**
   * Starts a clock.
   *
   * @param wait how long from now; zero or less has passed already
   */
  public static Deadline in(Duration wait) {
    if (wait.compareTo(LONGEST) > 0) {
      return NONE;
    }
    long nanos = wait.isNegative() ? 0 : wait.toNanos();
    return new Deadline(System.nanoTime() + nanos, true);
  }

  /** Tells whether the moment has passed. */
  public boolean passed() {
    return bounded && System.nanoTime() - endNanos >= 0;
  }

  /** Returns how long is left, in nanoseconds; 0 if passed, {@link Long#MAX_VALUE} if unbounded. */
  public long remainingNanos() {
    return bounded ? Math.max(0, endNanos - System.nanoTime()) : Long.MAX_VALUE;
  }
}
