package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Pages whose every byte is a function of a seed, in parts of uneven lengths. */
final class SamplePages {
  private SamplePages() {}

  static Page filled(Arena arena, String key, long bytes, int parts, long seed) {
    MemorySegment memory = arena.allocate(bytes);
    for (long i = 0; i < bytes; i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, at(i, seed));
    }
    return new Page(new PageKey(key), cut(memory, parts));
  }

  static Page filled(Arena arena, String key, long bytes, long seed) {
    return filled(arena, key, bytes, 1, seed);
  }

  /** Returns a page full of zeros, which no seed gives. */
  static Page blank(Arena arena, String key, long bytes, int parts) {
    return new Page(new PageKey(key), cut(arena.allocate(bytes), parts));
  }

  static Page blank(Arena arena, String key, long bytes) {
    return blank(arena, key, bytes, 1);
  }

  static void assertHolds(long seed, Page page) {
    long at = 0;
    for (Part part : page.parts()) {
      MemorySegment segment = ((HostPart) part).segment();
      for (long i = 0; i < segment.byteSize(); i++, at++) {
        if (segment.get(ValueLayout.JAVA_BYTE, i) != at(at, seed)) {
          assertEquals(
              at(at, seed),
              segment.get(ValueLayout.JAVA_BYTE, i),
              "byte " + at + " of page " + page.key());
        }
      }
    }
  }

  static void assertBlank(Page page) {
    for (Part part : page.parts()) {
      MemorySegment segment = ((HostPart) part).segment();
      for (long i = 0; i < segment.byteSize(); i++) {
        assertEquals(0, segment.get(ValueLayout.JAVA_BYTE, i), "byte " + i + " of a part");
      }
    }
  }

  /** Returns byte {@code i} of the page of a seed; never 0. */
  static byte at(long i, long seed) {
    long mixed = (i + 1) * 0x9E3779B97F4A7C15L ^ seed * 0xC2B2AE3D27D4EB4FL;
    return (byte) (((mixed >>> 32) & 0x7f) | 0x80);
  }

  private static List<Part> cut(MemorySegment memory, int count) {
    List<Part> parts = new ArrayList<>();
    long each = memory.byteSize() / count;
    long from = 0;
    for (int i = 0; i < count; i++) {
      long to = i == count - 1 ? memory.byteSize() : from + each - (each > 3 ? i % 3 : 0);
      parts.add(Part.of(memory.asSlice(from, to - from)));
      from = to;
    }
    return parts;
  }
}
