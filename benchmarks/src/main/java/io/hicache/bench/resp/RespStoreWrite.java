package io.hicache.bench.resp;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a batch of new pages through the contract, and throws them away off the clock. */
final class RespStoreWrite implements Entrant {
  private final RespWorkload workload;
  private final HiCacheStorage store;
  private final CallOptions options;
  private final boolean each;
  private final int batch;
  private final List<Page> pages = new ArrayList<>();
  private int first;

  /**
   * Takes a store over.
   *
   * @param overwrite whether to write whatever is there
   * @param each whether to write one page at a time
   */
  RespStoreWrite(RespWorkload workload, HiCacheStorage store, boolean overwrite, boolean each) {
    this.each = each;
    this.workload = workload;
    this.store = store;
    this.options = overwrite ? CallOptions.DEFAULT.withOverwrite(true) : CallOptions.DEFAULT;
    this.batch = workload.cell().batch();
  }

  @Override
  public void prepare(int turn) {
    first = workload.memory().first(turn, batch);
    pages.clear();
    for (int i = 0; i < batch; i++) {
      pages.add(new Page(workload.freshKey(), workload.memory().source(first + i)));
    }
  }

  @Override
  public void arm() {
    for (int i = 0; i < batch; i++) {
      workload.memory().spoilTarget(first + i);
    }
  }

  @Override
  public Work run() {
    int done =
        each
            ? (int) pages.stream().filter(page -> store.set(page, options) == Outcome.DONE).count()
            : store.batchSet(pages, options).count(Outcome.DONE);
    return new Work(batch, done, (long) done * workload.cell().pageBytes());
  }

  @Override
  public void verify() {
    List<Page> back = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      back.add(new Page(pages.get(i).key(), workload.memory().target(first + i)));
    }
    BatchResult result = store.batchGet(back);
    if (!result.allDone()) {
      throw new IllegalStateException("what was written did not come back: " + result);
    }
    for (int i = 0; i < batch; i++) {
      workload.memory().checkTarget(first + i);
    }
  }

  @Override
  public void tidy() throws IOException {
    workload.empty();
  }

  @Override
  public void close() {
    store.close();
  }
}
