package io.hicache.bench.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a floor: the caller alone, or several that take the next page each. */
final class Crew implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  Crew(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
  }

  /** Does a task for every number below a count, and returns when all are done. */
  void each(int count, Task task) throws IOException {
    AtomicInteger next = new AtomicInteger();
    if (threads == 1) {
      drain(next, count, task);
      return;
    }
    List<Callable<Void>> shares = new ArrayList<>(threads);
    for (int i = 0; i < threads; i++) {
      shares.add(() -> drain(next, count, task));
    }
    try {
      for (Future<Void> share : pool.invokeAll(shares)) {
        share.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static Void drain(AtomicInteger next, int count, Task task) throws IOException {
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      task.run(i);
    }
    return null;
  }

  /** What is done for one number. */
  interface Task {
    void run(int number) throws IOException;
  }
}
