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
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes a prompt's pages through one small pool, batch by batch, and times the store alone. */
final class DemoBatches {
  /** Pages a batch, and slots in the pool. */
  static final int PAGES = 64;

  private final HiCacheStorage storage;
  private final PrintWriter err;
  private long nanos;

  DemoBatches(HiCacheStorage storage, PrintWriter err) {
    this.storage = storage;
    this.err = err;
  }

  /**
   * Hands over batch after batch.
   *
   * @param task what is being done, for the progress
   * @param keys the pages
   * @param work what to do with a batch, whose memory is used again for the next
   */
  void each(String task, List<PageKey> keys, Consumer<List<Page>> work) {
    try (Arena arena = Arena.ofShared();
        Progress progress = Progress.start(task, keys.size(), err)) {
      PagePool pool = new PagePool(arena, Math.min(PAGES, Math.max(1, keys.size())));
      Registration registration = storage.register(Region.of(pool.memory()));
      for (int from = 0; from < keys.size(); from += pool.slots()) {
        int to = Math.min(from + pool.slots(), keys.size());
        work.accept(pages(pool, keys.subList(from, to)));
        progress.reached(to);
      }
      registration.close();
    }
  }

  /**
   * Has the store do its part.
   *
   * @throws HiCacheException if the store failed at any page
   * @throws IllegalStateException if it started a page never, which without a fault means that this
   *     thread was interrupted
   */
  BatchResult timed(List<Page> pages, Function<List<Page>, BatchResult> call) {
    long start = System.nanoTime();
    BatchResult result = call.apply(pages);
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

  /** Returns how long the store took so far. */
  double seconds() {
    return nanos / 1e9;
  }

  private static List<Page> pages(PagePool pool, List<PageKey> keys) {
    List<Page> pages = new ArrayList<>(keys.size());
    for (int slot = 0; slot < keys.size(); slot++) {
      pages.add(pool.page(slot, keys.get(slot)));
    }
    return pages;
  }
}
