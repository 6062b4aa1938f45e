package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.io.PrintWriter;
import java.util.List;

/** The demo's second half: finds a prompt's longest prefix, restores it, checks every byte. */
final class DemoReader {
  /**
   * What was restored.
   *
   * @param pid the process that did it
   * @param layout the order of its pool
   * @param tokens tokens of the prompt
   * @param pages pages of the prompt
   * @param found pages of its longest prefix that the store says it has
   * @param restored pages of them that came back
   * @param damaged pages of them that the store itself found damaged
   * @param bytes bytes of the pages that came back, every one of them checked
   * @param wrongBytes how many of these were wrong
   * @param seconds how long the store took
   */
  record Restored(
      long pid,
      String layout,
      int tokens,
      int pages,
      int found,
      int restored,
      int damaged,
      long bytes,
      long wrongBytes,
      double seconds) {}

  private final HiCacheStorage storage;
  private final DemoPool pool;
  private final DemoBatches batches;
  private int restored;
  private int damaged;
  private long wrongBytes;

  DemoReader(HiCacheStorage storage, DemoPool pool, boolean bySlot, PrintWriter err) {
    this.storage = storage;
    this.pool = pool;
    this.batches = new DemoBatches(storage, pool, bySlot, err);
  }

  Restored restore(DemoPrompt prompt) {
    int found = storage.batchExists(prompt.keys());
    batches.each("restoring", prompt.keys().subList(0, found), this::restoreBatch);
    return new Restored(
        ProcessHandle.current().pid(),
        pool.layout().label(),
        prompt.tokens(),
        prompt.keys().size(),
        found,
        restored,
        damaged,
        (long) restored * DemoModel.PAGE_BYTES,
        wrongBytes,
        batches.seconds());
  }

  private void restoreBatch(List<PageKey> keys) {
    BatchResult result = batches.get(keys);
    damaged += result.count(Outcome.MISMATCH);
    for (int i = 0; i < keys.size(); i++) {
      if (result.get(i) == Outcome.DONE) {
        restored++;
        wrongBytes += PageContent.wrongBytes(pool, i, keys.get(i));
      }
    }
  }
}
