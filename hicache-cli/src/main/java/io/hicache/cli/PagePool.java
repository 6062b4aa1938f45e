package io.hicache.cli;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * Native memory for some pages, laid out as engines lay out theirs: layer first, so that a page is
 * scattered over as many places as it has parts.
 */
final class PagePool {
  private final MemorySegment memory;
  private final int slots;

  PagePool(Arena arena, int slots) {
    this.memory = arena.allocate((long) slots * DemoModel.PAGE_BYTES, Long.BYTES);
    this.slots = slots;
  }

  MemorySegment memory() {
    return memory;
  }

  int slots() {
    return slots;
  }

  /** Returns the page that lies in a slot. */
  Page page(int slot, PageKey key) {
    return new Page(
        key, IntStream.range(0, DemoModel.PARTS).mapToObj(part -> part(slot, part)).toList());
  }

  private Part part(int slot, int part) {
    long offset = ((long) part * slots + slot) * DemoModel.PART_BYTES;
    return Part.of(memory.asSlice(offset, DemoModel.PART_BYTES));
  }
}
