package io.hicache.spi;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A warning that repeats at most once in a while, and then says how many it held back: a store that
 * fails ten thousand times a second must not fill a disk with log lines. Thread-safe.
 */
public final class RateLimitedLog {
  private final System.Logger logger;
  private final long intervalNanos;
  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong heldBack = new AtomicLong();

  /**
   * Makes a log.
   *
   * @param logger where the lines go
   * @param interval least time between two lines
   */
  public RateLimitedLog(System.Logger logger, Duration interval) {
    this.logger = logger;
    this.intervalNanos = interval.toNanos();
  }

  /**
   * Logs a warning, or counts it if the last one was just now.
   *
   * @param message what happened; no secret, no page content
   * @param cause the exception behind it, if any
   */
  public void warn(String message, @Nullable Throwable cause) {
    long now = System.nanoTime();
    long next = nextNanos.get();
    if (now - next < 0 || !nextNanos.compareAndSet(next, now + intervalNanos)) {
      heldBack.incrementAndGet();
      return;
    }
    long silent = heldBack.getAndSet(0);
    String line = silent == 0 ? message : message + " (and " + silent + " more like it)";
    if (cause == null) {
      logger.log(Level.WARNING, line);
    } else {
      logger.log(Level.WARNING, line, cause);
    }
  }
}
