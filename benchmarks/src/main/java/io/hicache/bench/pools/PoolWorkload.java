package io.hicache.bench.pools;

import io.hicache.PageLayout;
import java.io.Closeable;

/** One pool that the contestants of a cell share. */
final class PoolWorkload implements Closeable {
  private final CellPool pool;
  private final int pages;

  PoolWorkload(PageLayout layout, int pages, int heads) {
    this.pool = new CellPool(layout, pages, heads);
    this.pages = pages;
  }

  CellPool pool() {
    return pool;
  }

  int pages() {
    return pages;
  }

  @Override
  public void close() {
    pool.close();
  }
}
