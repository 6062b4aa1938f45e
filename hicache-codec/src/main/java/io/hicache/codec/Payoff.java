package io.hicache.codec;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether compressing a pool's pages has paid lately. After {@value #PATIENCE} pages in a row that
 * it did not make 1/16 smaller, one in {@value #PROBE_EVERY} is tried; the first that it does has
 * every page tried again. Thread-safe; threads that race may try a few pages more or fewer.
 */
final class Payoff {
  /** Pages in a row that must not pay before trying stops. */
  static final int PATIENCE = 16;

  /** Of how many pages one is tried once trying has stopped. */
  static final int PROBE_EVERY = 64;

  private final AtomicInteger misses = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();

  /** Returns the most bytes a page of some may be compressed to, so that it pays. */
  static int limit(long bytes) {
    return (int) (bytes - (bytes + 15) / 16);
  }

  /** Tells whether to try the next page. */
  boolean worthTrying() {
    return misses.get() < PATIENCE || passed.incrementAndGet() % PROBE_EVERY == 0;
  }

  /** Takes note of a page that was tried. */
  void tried(boolean paid) {
    if (paid) {
      misses.set(0);
    } else if (misses.get() < PATIENCE) {
      misses.incrementAndGet();
    }
  }
}
