package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A page whose parts lie scattered in one block, with canaries before, between and behind them. */
record Guarded(Page page, MemorySegment block, List<MemorySegment> gaps) {
  private static final byte CANARY = 0x5a;
  private static final int GAP = 64;

  static Guarded of(PageKey key, int bytes, int parts) {
    MemorySegment block = Samples.memory(bytes + (parts + 1L) * GAP);
    block.fill(CANARY);
    List<Part> list = new ArrayList<>();
    List<MemorySegment> gaps = new ArrayList<>(List.of(block.asSlice(0, GAP)));
    long at = GAP;
    for (int i = 0; i < parts; i++) {
      long length = bytes * (i + 1L) / parts - bytes * (long) i / parts;
      list.add(Part.of(block.asSlice(at, length)));
      gaps.add(block.asSlice(at + length, GAP));
      at += length + GAP;
    }
    return new Guarded(new Page(key, list), block, gaps);
  }

  /** Fails if a byte outside the page was written. */
  void assertUntouchedAround() {
    for (MemorySegment gap : gaps) {
      for (long at = 0; at < GAP; at += Long.BYTES) {
        assertEquals(
            0x5a5a5a5a5a5a5a5aL, gap.get(ValueLayout.JAVA_LONG_UNALIGNED, at), "beside the page");
      }
    }
  }
}
