package io.hicache.bench.pools;

import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.List;

/** By slot: what an engine calls. */
record SlotTrip(HiCacheStorage store, CellPool pool) implements Trip {
  @Override
  public int set(List<PageKey> keys, int first) {
    return store.batchSetV1(keys, pool.slots(first, keys.size())).count(Outcome.DONE);
  }

  @Override
  public int get(List<PageKey> keys, int first) {
    return store.batchGetV1(keys, pool.slots(first, keys.size())).count(Outcome.DONE);
  }

  @Override
  public void close() {
    store.close();
  }
}
