package io.hicache.file.engine;

import io.hicache.spi.Deadline;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call's positions, handed out one by one to the caller's thread and to helpers. Running it is
 * being a helper.
 *
 * <p>A helper counts from the moment it has registered; one that comes after the caller has left
 * finds the phaser terminated and touches nothing. So when {@link #awaitHelpers} has returned, no
 * thread can reach the call's memory any more.
 */
final class Batch implements Runnable {
  private final IoPool pool;
  private final int size;
  private final Deadline deadline;
  private final PageWork work;
  private final AtomicInteger next = new AtomicInteger();
  private final Phaser workers = new Phaser(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean ended;
  private volatile boolean late;

  Batch(IoPool pool, int size, Deadline deadline, PageWork work) {
    this.pool = pool;
    this.size = size;
    this.deadline = deadline;
    this.work = work;
  }

  /** Helps until nothing is left to begin; never throws. */
  @Override
  public void run() {
    if (workers.register() < 0) {
      return;
    }
    Workspace workspace = pool.borrow();
    try {
      for (int i = take(); i >= 0; i = take()) {
        goOn(work.at(i, workspace));
      }
    } catch (Throwable t) {
      failure.compareAndSet(null, t);
      ended = true;
    } finally {
      pool.giveBack(workspace);
      workers.arriveAndDeregister();
    }
  }

  /**
   * Works on the caller's thread. A position that an interrupt cut off is done again by the pool,
   * whose threads nobody interrupts; then nothing more is begun, and the flag stays set.
   */
  void workAsCaller() {
    Workspace workspace = pool.borrow();
    try {
      for (int i = takeUninterrupted(); i >= 0; i = takeUninterrupted()) {
        try {
          goOn(work.at(i, workspace));
        } catch (ClosedByInterruptException e) {
          int position = i;
          goOn(pool.uninterrupted(() -> work.at(position, workspace)));
        }
      }
    } finally {
      pool.giveBack(workspace);
    }
  }

  /**
   * Begins nothing more, and waits until no helper is at work, however long that takes and whatever
   * interrupts.
   */
  void awaitHelpers() {
    ended = true;
    workers.awaitAdvance(workers.arriveAndDeregister());
  }

  /** Throws what a helper threw, if one did. */
  void rethrow() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable t -> throw new IllegalStateException("a helper ended with " + t, t);
    }
  }

  /** Tells whether the deadline kept a position from beginning. */
  boolean late() {
    return late;
  }

  private int takeUninterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      ended = true;
    }
    return take();
  }

  /** Returns the next position, or −1 if none is to be begun any more. */
  private int take() {
    if (ended || next.get() >= size) {
      return -1;
    }
    if (deadline.passed()) {
      late = true;
      ended = true;
      return -1;
    }
    int position = next.getAndIncrement();
    return position < size ? position : -1;
  }

  private void goOn(boolean goOn) {
    if (!goOn) {
      ended = true;
    }
  }
}
