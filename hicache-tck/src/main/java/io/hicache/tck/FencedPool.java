package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.fail;

import io.hicache.PageKey;
import io.hicache.pool.HostPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A host pool between fences, and what every byte of it must be: whatever a call was not asked to
 * write shows. <b>Threads.</b> For one thread at a time.
 */
final class FencedPool {
  private final HostPool pool;
  private final RowMap map;
  private final MemorySegment slab;
  private final int fence;
  private final byte[] expected;

  /** Takes a slab with a fence before and after the pool's region, filled already. */
  FencedPool(HostPool pool, RowMap map, MemorySegment slab, int fence) {
    this.pool = pool;
    this.map = map;
    this.slab = slab;
    this.fence = fence;
    this.expected = slab.toArray(ValueLayout.JAVA_BYTE);
  }

  /** Returns the pool, to be registered. */
  HostPool pool() {
    return pool;
  }

  /** Returns the bytes of a page. */
  int pageBytes() {
    return map.pageBytes();
  }

  /** Returns what the page of a key holds in logical order, unless a test says otherwise. */
  byte[] logical(PageKey key) {
    return Content.of(key).bytes(pageBytes());
  }

  /** Writes the keys' pages into the pool, each from its slot on. */
  void fill(List<PageKey> keys, long... slots) {
    for (int i = 0; i < slots.length; i++) {
      fill(logical(keys.get(i)), slots[i]);
    }
  }

  /** Writes one logical page into the pool. */
  void fill(byte[] logical, long slot) {
    check();
    expect(logical, slot);
    MemorySegment.copy(expected, 0, slab, ValueLayout.JAVA_BYTE, 0, expected.length);
  }

  /** Says that a call has put the keys' pages here, and nothing else. */
  void assertHolds(List<PageKey> keys, long... slots) {
    for (int i = 0; i < slots.length; i++) {
      expect(logical(keys.get(i)), slots[i]);
    }
    check();
  }

  /** Says that a call has put one logical page here, and nothing else. */
  void assertHolds(byte[] logical, long slot) {
    expect(logical, slot);
    check();
  }

  /** Takes a page for what it is: a call may have left anything in it. */
  void accept(long slot) {
    long page = slot / pool.shape().slots().pageTokens();
    for (RowMap.Row row : map.rows()) {
      int at = fence + (int) row.at(page);
      MemorySegment.copy(slab, ValueLayout.JAVA_BYTE, at, expected, at, row.bytes());
    }
  }

  /** Asserts that every byte of the pool and its fences is what it must be. */
  void check() {
    long differs = MemorySegment.ofArray(expected).mismatch(slab);
    if (differs >= 0) {
      boolean inside = differs >= fence && differs < expected.length - fence;
      fail(
          inside
              ? "pool %s: byte %d is not what it must be".formatted(pool, differs - fence)
              : "a byte outside pool %s was written".formatted(pool));
    }
  }

  /** Overwrites the memory, so that whatever is written from now on shows. */
  void takeBack(Content content) {
    byte[] after = content.bytes(expected.length);
    System.arraycopy(after, 0, expected, 0, after.length);
    MemorySegment.copy(expected, 0, slab, ValueLayout.JAVA_BYTE, 0, expected.length);
  }

  /** Says that a call must have put one logical page here; for {@link #check} to look. */
  void expect(byte[] logical, long slot) {
    map.put(logical, slot / pool.shape().slots().pageTokens(), expected, fence);
  }
}
