package io.hicache.resp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far away the server is, by the shortest round trip that a connection's making took, and how
 * many connections a batch is spread over for it.
 *
 * <p>One connection carries about what a sender's buffer holds per round trip, 4 MiB by the default
 * of Linux: up to {@value #REACH_MICROS} µs that is as much as a server sends, and further
 * connections only contend; at 10 ms, four move three times as much as one. Thread-safe.
 */
final class Distance {
  /** The round trip that one connection bridges: 2.5 ms. */
  static final int REACH_MICROS = 2_500;

  /** Most connections of a batch. */
  static final int MOST = 4;

  /** Fewest bytes that are worth a connection more: 1 MiB. */
  private static final long LEAST_SHARE = 1 << 20;

  private static final long NANOS_PER_MICRO = 1_000;

  private final AtomicLong nearest = new AtomicLong(0);

  /** Takes a round trip down. */
  void saw(long nanos) {
    nearest.accumulateAndGet(nanos, (known, now) -> known == 0 ? now : Math.min(known, now));
  }

  /** Returns how many connections a large batch uses. */
  int connections() {
    return Math.clamp(nearest.get() / (REACH_MICROS * NANOS_PER_MICRO), 1, MOST);
  }

  /** Returns how many connections a batch of so many bytes uses. */
  int connections(long bytes) {
    return Math.clamp(bytes / LEAST_SHARE, 1, connections());
  }
}
