package io.hicache.bench.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageMemoryTest {

  @ParameterizedTest
  @CsvSource({"65536, 1, 64", "65536, 160, 64", "1048576, 160, 8", "1000000, 7, 3"})
  void source_anyShape_isCutIntoAlignedPartsOfTheWholePage(int pageBytes, int parts, int batch) {
    try (PageMemory memory = new PageMemory(pageBytes, parts, batch, 1)) {
      assertEquals(0, memory.pages() % batch);
      for (int page : new int[] {0, memory.pages() - 1}) {
        assertEquals(parts, memory.source(page).size());
        long at = 0;
        for (Part part : memory.source(page)) {
          assertEquals(0, at % 16);
          at += part.bytes();
        }
        assertEquals(pageBytes, at);
      }
    }
  }

  @Test
  void source_distinctPages_differ() {
    try (PageMemory memory = new PageMemory(1 << 10, 1, 8, 4)) {
      MemorySegment first = PageMemory.memory(memory.source(0).getFirst());
      for (int page = 1; page < memory.pages(); page++) {
        assertTrue(first.mismatch(PageMemory.memory(memory.source(page).getFirst())) >= 0);
      }
    }
  }

  @Test
  void first_turnsInARow_walkOverAllBatchesInOrder() {
    try (PageMemory memory = new PageMemory(1 << 10, 1, 64, 2)) {
      assertEquals(128, memory.pages());
      assertEquals(0, memory.first(0, 64));
      assertEquals(64, memory.first(1, 64));
      assertEquals(0, memory.first(2, 64));
      assertEquals(64, memory.first(Integer.MAX_VALUE, 64));
    }
  }

  @Test
  void checkTarget_oneByteOff_isFoundWithItsPlace() {
    try (PageMemory memory = new PageMemory(1 << 10, 4, 8, 1)) {
      assertThrows(IllegalStateException.class, () -> memory.checkTarget(3));
      for (int i = 0; i < 4; i++) {
        MemorySegment target = PageMemory.memory(memory.target(3).get(i));
        target.copyFrom(PageMemory.memory(memory.source(3).get(i)));
      }
      memory.checkTarget(3);
      MemorySegment part = PageMemory.memory(memory.target(3).get(2));
      part.set(ValueLayout.JAVA_BYTE, 77, (byte) ~part.get(ValueLayout.JAVA_BYTE, 77));
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> memory.checkTarget(3));
      assertEquals("page 3, part 2: differs at byte 77", e.getMessage());
    }
  }
}
