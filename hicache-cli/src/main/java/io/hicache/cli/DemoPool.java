package io.hicache.cli;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Native memory for some pages, laid out as engines lay out theirs.
 *
 * <p>Where the rows of a page are is worked out here again, from what {@link MhaShape} says of its
 * layouts: a library that got a layout wrong would not agree with itself about it unnoticed.
 */
final class DemoPool implements AutoCloseable {
  /** Most pages a pool has, and so a batch. */
  private static final int MOST_PAGES = 64;

  private final PageLayout layout;
  private final int pages;
  private final HostPool host;

  private DemoPool(PageLayout layout, int pages) {
    PoolSlots slots = new PoolSlots((long) pages * DemoModel.PAGE_TOKENS, DemoModel.PAGE_TOKENS);
    this.layout = layout;
    this.pages = pages;
    this.host =
        HostPool.allocate(
            PoolName.KV,
            new MhaShape(
                layout, slots, DemoModel.LAYERS, DemoModel.KV_HEADS, DemoModel.HEAD_ELEMENTS, 1));
  }

  /**
   * Allocates a pool for a prompt, or for a part of it at a time.
   *
   * @param layout the order
   * @param prompt the pages of the prompt; at least 1
   */
  static DemoPool of(PageLayout layout, int prompt) {
    return new DemoPool(layout, Math.min(MOST_PAGES, prompt));
  }

  HostPool host() {
    return host;
  }

  PageLayout layout() {
    return layout;
  }

  /** Returns how many pages it has room for. */
  int pages() {
    return pages;
  }

  MemorySegment memory() {
    return host.buffers().getFirst();
  }

  /** Returns the first slot of each of the first pages. */
  long[] slots(int count) {
    return LongStream.range(0, count).map(page -> page * DemoModel.PAGE_TOKENS).toArray();
  }

  /** Names the memory of the first pages. */
  List<Page> pages(List<PageKey> keys) {
    return host.pages(keys, slots(keys.size()));
  }

  /**
   * Returns where in the memory one head of one token lies, {@link DemoModel#ROW_BYTES} bytes.
   *
   * @param page which page of the pool
   * @param part keys of which layer, or values of which, counted on
   * @param token which token of the page
   * @param head which head
   */
  long row(int page, int part, int token, int head) {
    long half = part / DemoModel.LAYERS;
    long layer = part % DemoModel.LAYERS;
    long slots = (long) pages * DemoModel.PAGE_TOKENS;
    long slot = (long) page * DemoModel.PAGE_TOKENS + token;
    long row =
        switch (layout) {
          case LAYER_FIRST -> ((part * slots) + slot) * DemoModel.KV_HEADS + head;
          case PAGE_FIRST ->
              ((half * slots + slot) * DemoModel.LAYERS + layer) * DemoModel.KV_HEADS + head;
          case PAGE_FIRST_DIRECT ->
              (((half * pages + page) * DemoModel.LAYERS + layer) * DemoModel.PAGE_TOKENS + token)
                      * DemoModel.KV_HEADS
                  + head;
          case PAGE_HEAD ->
              (((half * pages + page) * DemoModel.KV_HEADS + head) * DemoModel.PAGE_TOKENS + token)
                      * DemoModel.LAYERS
                  + layer;
        };
    return row * DemoModel.ROW_BYTES;
  }

  @Override
  public void close() {
    host.close();
  }
}
