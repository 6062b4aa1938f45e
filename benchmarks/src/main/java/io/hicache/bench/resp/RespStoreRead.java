package io.hicache.bench.resp;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.util.ArrayList;
import java.util.List;

/** Reads a batch of pages through the contract, as a user does. */
final class RespStoreRead implements Entrant {
  private final RespWorkload workload;
  private final HiCacheStorage store;
  private final boolean each;
  private final int batch;
  private final List<Page> pages = new ArrayList<>();
  private int first;

  /**
   * Takes a store over.
   *
   * @param each whether to ask for one page at a time
   */
  RespStoreRead(RespWorkload workload, HiCacheStorage store, boolean each) {
    this.each = each;
    this.workload = workload;
    this.store = store;
    this.batch = workload.cell().batch();
  }

  @Override
  public void prepare(int turn) {
    first = workload.memory().first(turn, batch);
    pages.clear();
    for (int i = 0; i < batch; i++) {
      pages.add(new Page(workload.key(first + i), workload.memory().target(first + i)));
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
    BatchResult result =
        each
            ? BatchResult.of(pages.stream().map(store::get).toList(), null)
            : store.batchGet(pages);
    if (!result.allDone()) {
      throw new IllegalStateException(
          "a read did not hit: " + result, result.firstFailure().orElse(null));
    }
    return new Work(batch, batch, (long) batch * workload.cell().pageBytes());
  }

  @Override
  public void verify() {
    for (int i = 0; i < batch; i++) {
      workload.memory().checkTarget(first + i);
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {
    store.close();
  }
}
