package io.hicache.bench.resp;

import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.util.ArrayList;
import java.util.List;

/** Asks which pages of a batch are there, which is all of them. */
final class RespPresence implements Entrant {
  private final RespWorkload workload;
  private final HiCacheStorage store;
  private final List<PageKey> keys = new ArrayList<>();
  private int last;

  RespPresence(RespWorkload workload, HiCacheStorage store) {
    this.workload = workload;
    this.store = store;
  }

  @Override
  public void prepare(int turn) {
    int batch = workload.cell().batch();
    int first = workload.memory().first(turn, batch);
    keys.clear();
    for (int i = 0; i < batch; i++) {
      keys.add(workload.key(first + i));
    }
  }

  @Override
  public void arm() {
    last = 0;
  }

  @Override
  public Work run() {
    last = store.batchExists(keys);
    return new Work(keys.size(), last, last);
  }

  @Override
  public void verify() {
    if (last != keys.size()) {
      throw new IllegalStateException("%d of %d pages".formatted(last, keys.size()));
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {
    store.close();
  }
}
