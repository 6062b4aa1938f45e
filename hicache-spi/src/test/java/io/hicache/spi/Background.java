package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a thread of its own, with its end. */
final class Background<T> {
  private static final long PATIENCE_SECONDS = 20;

  private final FutureTask<T> task;
  private final Thread thread;

  private Background(Callable<T> work) {
    task = new FutureTask<>(work);
    thread = Thread.ofPlatform().daemon().name("background").unstarted(task);
  }

  static <T> Background<T> start(Callable<T> work) {
    Background<T> background = new Background<>(work);
    background.thread.start();
    return background;
  }

  static Background<Boolean> run(Runnable work) {
    return start(() -> {
      work.run();
      return true;
    });
  }

  Thread thread() {
    return thread;
  }

  boolean ended() {
    return task.isDone();
  }

  /** Waits until the thread waits for something itself. */
  Background<T> awaitBlocked() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(thread.isAlive(), "the thread ended and never waited");
      assertTrue(System.nanoTime() - end < 0, "the thread never waited");
      Thread.onSpinWait();
    }
    return this;
  }

  /** Waits for the end and returns what came of it. */
  T result() {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the end, which must be an exception. */
  <E extends Throwable> E failure(Class<E> type) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> task.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return assertThrows(
        type,
        () -> {
          throw e.getCause();
        });
  }
}
