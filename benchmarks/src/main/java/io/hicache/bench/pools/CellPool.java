package io.hicache.bench.pools;

import io.hicache.HostPart;
import io.hicache.PageLayout;
import io.hicache.Part;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A pool of random pages of 2.5 MiB, as one rank of eight has them of a model of 70 billion
 * parameters: 80 layers, keys and values, 16 KiB each, rows of 256 bytes. Some of the pages are to
 * be written or compared with, the others to be read into.
 */
final class CellPool implements AutoCloseable {
  static final int LAYERS = 80;
  static final int PART_BYTES = 16 << 10;
  static final int PAGE_BYTES = 2 * LAYERS * PART_BYTES;
  private static final int HEAD_ELEMENTS = 128;
  private static final int ELEMENT_BYTES = 2;

  private final HostPool host;
  private final int pageTokens;

  /**
   * Allocates and fills a pool.
   *
   * @param layout its order
   * @param pages how many pages
   * @param heads heads of a token; a page has as many fewer tokens
   */
  CellPool(PageLayout layout, int pages, int heads) {
    this.pageTokens = PART_BYTES / (heads * HEAD_ELEMENTS * ELEMENT_BYTES);
    PoolSlots slots = new PoolSlots((long) pages * pageTokens, pageTokens);
    this.host =
        HostPool.allocate(
            PoolName.KV, new MhaShape(layout, slots, LAYERS, heads, HEAD_ELEMENTS, ELEMENT_BYTES));
    MemorySegment memory = host.buffers().getFirst();
    SplittableRandom random = new SplittableRandom(pages);
    for (long word = 0; word < memory.byteSize() / Long.BYTES; word++) {
      memory.setAtIndex(ValueLayout.JAVA_LONG, word, random.nextLong());
    }
  }

  HostPool host() {
    return host;
  }

  MemorySegment memory() {
    return host.buffers().getFirst();
  }

  /** Returns the slot of a page. */
  long slot(int page) {
    return (long) page * pageTokens;
  }

  /** Returns the slots of some pages that follow one another. */
  long[] slots(int first, int count) {
    return LongStream.range(first, first + count).map(page -> page * pageTokens).toArray();
  }

  List<MemorySegment> runs(int page) {
    return host.parts(slot(page)).stream().map(CellPool::memory).toList();
  }

  /** Overwrites a page with what no page holds. */
  void spoil(int page) {
    runs(page).forEach(run -> run.fill((byte) 0x5a));
  }

  /** Compares two pages. */
  void check(int expected, int actual) {
    List<MemorySegment> right = runs(expected);
    List<MemorySegment> left = runs(actual);
    for (int i = 0; i < right.size(); i++) {
      long at = right.get(i).mismatch(left.get(i));
      if (at >= 0) {
        throw new IllegalStateException(
            "page %d, part %d: differs at byte %d".formatted(actual, i, at));
      }
    }
  }

  static MemorySegment memory(Part part) {
    return ((HostPart) part).segment();
  }

  @Override
  public void close() {
    host.close();
  }
}
