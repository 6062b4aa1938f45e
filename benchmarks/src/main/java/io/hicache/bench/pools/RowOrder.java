package io.hicache.bench.pools;

import io.hicache.PageLayout;
import java.lang.foreign.MemorySegment;

/**
 * Where the rows of a page are, one by one: what a transcoded page is compared with.
 *
 * @param layout the order
 * @param pages pages of the pool; 1 in a stored page
 * @param heads heads of a token
 */
record RowOrder(PageLayout layout, long pages, int heads) {
  private static final int ROW_BYTES = 256;

  /** Tells whether a page of a pool has the rows of a stored page. */
  static boolean same(PoolWorkload workload, TranscodeCell cell, int page, MemorySegment buffer) {
    RowOrder here = new RowOrder(cell.layout(), workload.pages(), cell.heads());
    RowOrder there = new RowOrder(cell.stored(), 1, cell.heads());
    MemorySegment memory = workload.pool().memory();
    for (int part = 0; part < 2 * CellPool.LAYERS; part++) {
      for (int token = 0; token < here.tokens(); token++) {
        for (int head = 0; head < cell.heads(); head++) {
          MemorySegment row = memory.asSlice(here.at(page, part, token, head), ROW_BYTES);
          if (row.mismatch(buffer.asSlice(there.at(0, part, token, head), ROW_BYTES)) >= 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private int tokens() {
    return CellPool.PART_BYTES / ROW_BYTES / heads;
  }

  private long at(long page, int part, int token, int head) {
    long half = part / CellPool.LAYERS;
    long layer = part % CellPool.LAYERS;
    long layers = CellPool.LAYERS;
    long row =
        switch (layout) {
          case LAYER_FIRST -> ((part * pages + page) * tokens() + token) * heads + head;
          case PAGE_FIRST ->
              (((half * pages + page) * tokens() + token) * layers + layer) * heads + head;
          case PAGE_FIRST_DIRECT ->
              (((half * pages + page) * layers + layer) * tokens() + token) * heads + head;
          case PAGE_HEAD ->
              (((half * pages + page) * heads + head) * tokens() + token) * layers + layer;
        };
    return row * ROW_BYTES;
  }
}
