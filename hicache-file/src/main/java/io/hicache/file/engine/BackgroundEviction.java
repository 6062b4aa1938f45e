package io.hicache.file.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A daemon that looks at a store when it is opened, writes down every second which pages were used,
 * and lowers the store when it is woken. It is never waited for but by close, and no fault ends it.
 */
final class BackgroundEviction implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.hicache.file");

  private final Look look;
  private final Runnable everySecond;
  private final Runnable lower;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /** What is done first. */
  @FunctionalInterface
  interface Look {
    /** Looks. */
    void run() throws IOException;
  }

  BackgroundEviction(Look look, Runnable everySecond, Runnable lower) {
    this.look = look;
    this.everySecond = everySecond;
    this.lower = lower;
    this.thread = Thread.ofPlatform().daemon().name("hicache-file-evict").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Has the store lowered soon; does nothing if that is already to come. */
  void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    wakes.release();
    UninterruptedJoin.of(thread);
  }

  private void run() {
    guarded(look);
    while (!closed) {
      boolean woken = awaitWake();
      if (!closed) {
        guarded(woken ? lower::run : everySecond::run);
      }
    }
  }

  /** Returns whether somebody woke it before the second was over. */
  private boolean awaitWake() {
    try {
      boolean woken = wakes.tryAcquire(1, TimeUnit.SECONDS);
      wakes.drainPermits();
      return woken;
    } catch (InterruptedException e) {
      return false; // nobody's business to interrupt it
    }
  }

  private static void guarded(Look work) {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "eviction goes on after " + e, e);
    }
  }
}
