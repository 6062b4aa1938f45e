package io.hicache.bench.file;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Writes a batch of new pages through the contract, and puts them away off the clock. */
final class StoreWrite implements Entrant {
  private final FileWorkload workload;
  private final PageMemory memory;
  private final HiCacheStorage store;
  private final BiFunction<HiCacheStorage, List<Page>, BatchResult> call;
  private final int batch;
  private final List<Page> pages = new ArrayList<>();
  private int first;

  StoreWrite(
      FileWorkload workload,
      HiCacheStorage store,
      BiFunction<HiCacheStorage, List<Page>, BatchResult> call) {
    this.workload = workload;
    this.memory = workload.memory();
    this.store = store;
    this.call = call;
    this.batch = workload.cell().batch();
  }

  @Override
  public void prepare(int turn) {
    first = memory.first(turn, batch);
    pages.clear();
    for (int i = 0; i < batch; i++) {
      pages.add(new Page(workload.freshKey(), memory.source(first + i)));
    }
  }

  @Override
  public void arm() {
    for (int i = 0; i < batch; i++) {
      memory.spoilTarget(first + i);
    }
  }

  @Override
  public Work run() {
    int done = call.apply(store, pages).count(Outcome.DONE);
    return new Work(batch, done, (long) done * workload.cell().pageBytes());
  }

  @Override
  public void verify() {
    List<Page> back = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      back.add(new Page(pages.get(i).key(), memory.target(first + i)));
    }
    BatchResult result = store.batchGet(back);
    if (!result.allDone()) {
      throw new IllegalStateException("what was written did not come back: " + result);
    }
    for (int i = 0; i < batch; i++) {
      memory.checkTarget(first + i);
    }
  }

  @Override
  public void tidy() throws IOException {
    workload.putStoreAway();
  }

  @Override
  public void close() {
    store.close();
  }
}
