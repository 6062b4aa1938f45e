package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import java.io.PrintWriter;
import java.util.List;

/** The demo's second half: finds a prompt's longest prefix, restores it, checks every byte. */
final class DemoReader {
  /**
   * What was restored.
   *
   * @param pid the process that did it
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
      int tokens,
      int pages,
      int found,
      int restored,
      int damaged,
      long bytes,
      long wrongBytes,
      double seconds) {}

  private final HiCacheStorage storage;
  private final DemoBatches batches;
  private int restored;
  private int damaged;
  private long wrongBytes;

  DemoReader(HiCacheStorage storage, PrintWriter err) {
    this.storage = storage;
    this.batches = new DemoBatches(storage, err);
  }

  Restored restore(DemoPrompt prompt) {
    int found = storage.batchExists(prompt.keys());
    batches.each("restoring", prompt.keys().subList(0, found), this::restoreBatch);
    return new Restored(
        ProcessHandle.current().pid(),
        prompt.tokens(),
        prompt.keys().size(),
        found,
        restored,
        damaged,
        (long) restored * DemoModel.PAGE_BYTES,
        wrongBytes,
        batches.seconds());
  }

  private void restoreBatch(List<Page> pages) {
    BatchResult result = batches.timed(pages, storage::batchGet);
    damaged += result.count(Outcome.MISMATCH);
    for (int i = 0; i < pages.size(); i++) {
      if (result.get(i) == Outcome.DONE) {
        restored++;
        wrongBytes += PageContent.wrongBytes(pages.get(i));
      }
    }
  }
}
