package io.hicache.file.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;

/**
 * A daemon that looks at a store when it is opened, and lowers it when it is woken. It is never
 * waited for but by close.
 */
final class BackgroundEviction implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.hicache.file");

  private final Look look;
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

  BackgroundEviction(Look look, Runnable lower) {
    this.look = look;
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
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      look.run();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "a store could not be looked at: " + e);
    }
    while (!closed) {
      wakes.acquireUninterruptibly();
      wakes.drainPermits();
      if (!closed) {
        lower.run();
      }
    }
  }
}
