package io.hicache.bench.file;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Reads a batch of pages through the contract, as a user does. */
final class StoreRead implements Entrant {
  private final FileWorkload workload;
  private final PageMemory memory;
  private final HiCacheStorage store;
  private final BiFunction<HiCacheStorage, List<Page>, BatchResult> call;
  private final int batch;
  private final List<Page> pages = new ArrayList<>();
  private int first;

  StoreRead(
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
      pages.add(new Page(workload.key(first + i), memory.target(first + i)));
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
    BatchResult result = call.apply(store, pages);
    if (!result.allDone()) {
      throw new IllegalStateException(
          "a read did not hit: " + result, result.firstFailure().orElse(null));
    }
    return new Work(batch, batch, (long) batch * workload.cell().pageBytes());
  }

  @Override
  public void verify() {
    for (int i = 0; i < batch; i++) {
      memory.checkTarget(first + i);
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {
    store.close();
  }
}
