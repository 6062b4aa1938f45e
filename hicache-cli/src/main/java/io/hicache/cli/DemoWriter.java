package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import java.io.PrintWriter;
import java.util.List;

/** The demo's first half: fills and stores every page of a prompt. */
final class DemoWriter {
  /**
   * What was stored.
   *
   * @param pid the process that did it
   * @param tokens tokens of the prompt
   * @param pages pages of the prompt, all of them in the store now
   * @param kept how many of them were there before
   * @param bytes bytes of the pages written
   * @param seconds how long the store took
   */
  record Stored(long pid, int tokens, int pages, int kept, long bytes, double seconds) {}

  private final HiCacheStorage storage;
  private final DemoBatches batches;
  private int kept;

  DemoWriter(HiCacheStorage storage, PrintWriter err) {
    this.storage = storage;
    this.batches = new DemoBatches(storage, err);
  }

  Stored store(DemoPrompt prompt) {
    int pages = prompt.keys().size();
    batches.each("storing", prompt.keys(), this::storeBatch);
    return new Stored(
        ProcessHandle.current().pid(),
        prompt.tokens(),
        pages,
        kept,
        (long) (pages - kept) * DemoModel.PAGE_BYTES,
        batches.seconds());
  }

  private void storeBatch(List<Page> pages) {
    pages.forEach(PageContent::fill);
    BatchResult result = batches.timed(pages, storage::batchSet);
    kept += result.count(Outcome.KEPT);
  }
}
