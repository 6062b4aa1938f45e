package io.hicache.file.engine;

import io.hicache.spi.Deadline;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A storage's I/O threads: daemons that come when they are needed, leave after a while without
 * work, and are never interrupted, so that a channel on them never closes under a read.
 *
 * <p>The threads are bounded, and so is the queue: a call queues at most as many helpers as there
 * are threads, and waits for them.
 */
final class IoPool implements AutoCloseable {
  private static final int WORKSPACES = 64;
  private static final long IDLE_SECONDS = 10;

  private final PageAccess access;
  private final int helpers;
  private final ThreadPoolExecutor threads;
  private final Queue<Workspace> workspaces = new ArrayBlockingQueue<>(WORKSPACES);

  /**
   * Makes a pool.
   *
   * @param access makes its workers' workspaces
   * @param ioThreads most threads on one batch, its caller's included; at least 1
   */
  IoPool(PageAccess access, int ioThreads) {
    this.access = access;
    helpers = ioThreads - 1;
    int most = Math.max(1, helpers);
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new IoThread(task, number.incrementAndGet()));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does every position of a batch, on the caller's thread and as many helpers as are worth it;
   * returns, or throws, when none of them can touch anything of the batch any more.
   *
   * @param size how many positions
   * @param deadline after which none is begun
   * @param work what to do at each; an exception it throws ends the batch and is thrown here
   * @return whether the deadline kept a position from beginning
   */
  boolean spread(int size, Deadline deadline, PageWork work) {
    return run(size, Math.min(helpers, size - 1), deadline, work);
  }

  /** As {@link #spread}, but on the caller's thread alone. */
  boolean walk(int size, Deadline deadline, PageWork work) {
    return run(size, 0, deadline, work);
  }

  private boolean run(int size, int helping, Deadline deadline, PageWork work) {
    Batch batch = new Batch(this, size, deadline, work);
    try {
      for (int i = 0; i < helping; i++) {
        threads.execute(batch);
      }
      batch.workAsCaller();
    } finally {
      batch.awaitHelpers();
    }
    batch.rethrow();
    return batch.late();
  }

  /**
   * Does something on a thread that nobody interrupts, and waits for it; at once if this is one.
   *
   * @return what it returned
   */
  <T> T uninterrupted(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    if (Thread.currentThread() instanceof IoThread) {
      task.run();
    } else {
      threads.execute(task);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #uninterrupted(Callable)}, for what returns nothing. */
  void uninterrupted(Runnable work) {
    uninterrupted(Executors.callable(work));
  }

  /** Lends a workspace, to be given back by the same worker. */
  Workspace borrow() {
    Workspace kept = workspaces.poll();
    return kept == null ? access.workspace() : kept;
  }

  /** Takes a workspace back; one too many is left to the collector. */
  void giveBack(Workspace workspace) {
    workspaces.offer(workspace);
  }

  /** Lets the idle threads go; no call may be in flight. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException fault -> fault;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("an I/O thread ended with " + e, e);
    };
  }

  private static final class IoThread extends Thread {
    IoThread(Runnable task, int number) {
      super(task, "hicache-file-" + number);
      setDaemon(true);
    }
  }
}
