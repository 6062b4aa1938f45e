package io.hicache.resp;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the library's own, for what an interrupt of a caller must not reach. The caller waits
 * until such a thread has ended its work, whatever interrupts; so when a call has returned, nothing
 * of the library can reach its memory.
 *
 * <p>At most one is at work per caller. Thread-safe.
 */
final class OwnThreads implements AutoCloseable {
  private final ExecutorService threads;

  OwnThreads(String name) {
    threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /**
   * Runs some work and waits for its end without limit; an exception of it is this call's.
   *
   * @param interrupted what to do, on the caller's thread, when that is interrupted meanwhile; its
   *     flag stays set
   */
  void run(Runnable work, Runnable interrupted) {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    threads.execute(() -> {
      try {
        work.run();
      } catch (Throwable t) {
        failure.set(t);
      } finally {
        ended.countDown();
      }
    });
    await(ended, interrupted);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable t -> throw new IllegalStateException("a turn ended with " + t, t);
    }
  }

  private static void await(CountDownLatch ended, Runnable interrupted) {
    boolean again = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        again = true;
        interrupted.run();
      }
    }
    if (again) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
