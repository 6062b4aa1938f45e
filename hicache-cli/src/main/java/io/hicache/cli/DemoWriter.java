package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.io.PrintWriter;
import java.util.List;

/** The demo's first half: fills and stores every page of a prompt. */
final class DemoWriter {
  /**
   * What was stored.
   *
   * @param pid the process that did it
   * @param layout the order of its pool
   * @param tokens tokens of the prompt
   * @param pages pages of the prompt, all of them in the store now
   * @param kept how many of them were there before
   * @param bytes bytes of the pages written
   * @param seconds how long the store took
   */
  record Stored(
      long pid, String layout, int tokens, int pages, int kept, long bytes, double seconds) {}

  private final DemoPool pool;
  private final DemoBatches batches;
  private int kept;

  DemoWriter(HiCacheStorage storage, DemoPool pool, boolean bySlot, PrintWriter err) {
    this.pool = pool;
    this.batches = new DemoBatches(storage, pool, bySlot, err);
  }

  Stored store(DemoPrompt prompt) {
    int pages = prompt.keys().size();
    batches.each("storing", prompt.keys(), this::storeBatch);
    return new Stored(
        ProcessHandle.current().pid(),
        pool.layout().label(),
        prompt.tokens(),
        pages,
        kept,
        (long) (pages - kept) * DemoModel.PAGE_BYTES,
        batches.seconds());
  }

  private void storeBatch(List<PageKey> keys) {
    for (int i = 0; i < keys.size(); i++) {
      PageContent.fill(pool, i, keys.get(i));
    }
    BatchResult result = batches.set(keys);
    kept += result.count(Outcome.KEPT);
  }
}
