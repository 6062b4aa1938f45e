package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes a prompt's pages through one small pool, batch by batch, and times the store alone. */
final class DemoBatches {
  private final HiCacheStorage storage;
  private final DemoPool pool;
  private final boolean bySlot;
  private final PrintWriter err;
  private long nanos;

  /**
   * Makes the way.
   *
   * @param storage the store
   * @param pool where the pages lie; stays open until the store is closed
   * @param bySlot whether the store is told slots, rather than the memory of each page
   * @param err where progress goes
   */
  DemoBatches(HiCacheStorage storage, DemoPool pool, boolean bySlot, PrintWriter err) {
    this.storage = storage;
    this.pool = pool;
    this.bySlot = bySlot;
    this.err = err;
  }

  /**
   * Hands over batch after batch; its pages are the pool's first.
   *
   * @param task what is being done, for the progress
   * @param keys the pages
   * @param work what to do with a batch, whose memory is used again for the next
   */
  void each(String task, List<PageKey> keys, Consumer<List<PageKey>> work) {
    if (bySlot) {
      storage.registerHostPool(pool.host());
      run(task, keys, work);
    } else {
      Registration registration = storage.register(Region.of(pool.memory()));
      run(task, keys, work);
      registration.close();
    }
  }

  /** Writes a batch. */
  BatchResult set(List<PageKey> keys) {
    if (bySlot) {
      return timed(() -> storage.batchSetV1(keys, pool.slots(keys.size())));
    }
    List<Page> pages = pool.pages(keys);
    return timed(() -> storage.batchSet(pages));
  }

  /** Reads a batch. */
  BatchResult get(List<PageKey> keys) {
    if (bySlot) {
      return timed(() -> storage.batchGetV1(keys, pool.slots(keys.size())));
    }
    List<Page> pages = pool.pages(keys);
    return timed(() -> storage.batchGet(pages));
  }

  /** Returns how long the store took so far. */
  double seconds() {
    return nanos / 1e9;
  }

  private void run(String task, List<PageKey> keys, Consumer<List<PageKey>> work) {
    try (Progress progress = Progress.start(task, keys.size(), err)) {
      for (int from = 0; from < keys.size(); from += pool.pages()) {
        int to = Math.min(from + pool.pages(), keys.size());
        work.accept(keys.subList(from, to));
        progress.reached(to);
      }
    }
  }

  /**
   * Has the store do its part.
   *
   * @throws HiCacheException if the store failed at any page
   * @throws IllegalStateException if it started a page never, which without a fault means that this
   *     thread was interrupted
   */
  private BatchResult timed(Supplier<BatchResult> call) {
    long start = System.nanoTime();
    BatchResult result = call.get();
    nanos += System.nanoTime() - start;
    result
        .firstFailure()
        .ifPresent(failure -> {
          throw failure;
        });
    if (result.count(Outcome.SKIPPED) > 0) {
      throw new IllegalStateException("interrupted");
    }
    return result;
  }
}
