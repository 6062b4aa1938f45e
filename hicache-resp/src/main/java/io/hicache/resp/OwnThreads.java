package io.hicache.resp;

import java.util.List;
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
 * <p>There are at most as many as connections. Thread-safe.
 */
final class OwnThreads implements AutoCloseable {
  private final ExecutorService threads;

  OwnThreads(String name) {
    threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /** Some work that was begun. */
  static final class Job {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private void run(Runnable work) {
      try {
        work.run();
      } catch (Throwable t) {
        failure.set(t);
      } finally {
        ended.countDown();
      }
    }

    /**
     * Waits for the work's end without limit.
     *
     * @param interrupted what to do, on the caller's thread, when that is interrupted meanwhile;
     *     its flag stays set
     */
    private void await(Runnable interrupted) {
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

    private void rethrow() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable t -> throw new IllegalStateException("a turn ended with " + t, t);
      }
    }
  }

  /** Begins some work, whose end must be waited for. */
  Job start(Runnable work) {
    Job job = new Job();
    threads.execute(() -> job.run(work));
    return job;
  }

  /**
   * Waits for the end of all jobs; an exception of one is this call's.
   *
   * @param interrupted what to do when the caller is interrupted meanwhile
   */
  static void awaitAll(List<Job> jobs, Runnable interrupted) {
    jobs.forEach(job -> job.await(interrupted));
    jobs.forEach(Job::rethrow);
  }

  /**
   * Runs some work to its end; an exception of it is this call's.
   *
   * @param interrupted what to do when the caller is interrupted meanwhile
   */
  void run(Runnable work, Runnable interrupted) {
    awaitAll(List.of(start(work)), interrupted);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
