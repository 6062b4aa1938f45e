package io.hicache.bench.pools;

import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Through a buffer, as peers do: pages are gathered into it and stored in one piece each, or read
 * in one piece each and scattered; as many at a time as the buffer has room for.
 */
final class BounceTrip implements Trip {
  private final HiCacheStorage store;
  private final CellPool pool;
  private final int pages;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer;

  BounceTrip(HiCacheStorage store, CellPool pool, int pages) {
    this.store = store;
    this.pool = pool;
    this.pages = pages;
    this.buffer = arena.allocate((long) pages * CellPool.PAGE_BYTES, 4096);
    buffer.fill((byte) 1); // so that no call waits for memory
  }

  @Override
  public int set(List<PageKey> keys, int first) {
    int done = 0;
    for (int from = 0; from < keys.size(); from += pages) {
      List<Page> window = window(keys, from);
      for (int i = 0; i < window.size(); i++) {
        gather(pool.runs(first + from + i), room(i));
      }
      done += store.batchSet(window).count(Outcome.DONE);
    }
    return done;
  }

  @Override
  public int get(List<PageKey> keys, int first) {
    int done = 0;
    for (int from = 0; from < keys.size(); from += pages) {
      List<Page> window = window(keys, from);
      done += store.batchGet(window).count(Outcome.DONE);
      for (int i = 0; i < window.size(); i++) {
        scatter(room(i), pool.runs(first + from + i));
      }
    }
    return done;
  }

  @Override
  public void close() {
    store.close();
    arena.close();
  }

  private List<Page> window(List<PageKey> keys, int from) {
    List<Page> window = new ArrayList<>(pages);
    for (int i = 0; i < pages && from + i < keys.size(); i++) {
      window.add(Page.of(keys.get(from + i), room(i)));
    }
    return window;
  }

  private MemorySegment room(int page) {
    return buffer.asSlice((long) page * CellPool.PAGE_BYTES, CellPool.PAGE_BYTES);
  }

  private static void gather(List<MemorySegment> runs, MemorySegment page) {
    long at = 0;
    for (MemorySegment run : runs) {
      MemorySegment.copy(run, 0, page, at, run.byteSize());
      at += run.byteSize();
    }
  }

  private static void scatter(MemorySegment page, List<MemorySegment> runs) {
    long at = 0;
    for (MemorySegment run : runs) {
      MemorySegment.copy(page, at, run, 0, run.byteSize());
      at += run.byteSize();
    }
  }
}
