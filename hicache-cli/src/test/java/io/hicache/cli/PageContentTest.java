package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageContentTest {
  private static final PageKey ONE = new PageKey("0123456789abcdef".repeat(4));
  private static final PageKey OTHER = new PageKey("0123456789abcdee".repeat(4));
  private final Arena arena = Arena.ofShared();
  private final PagePool pool = new PagePool(arena, 3);

  @AfterEach
  void freePool() {
    arena.close();
  }

  @Test
  void wrongBytes_afterFill_areNone() {
    Page page = pool.page(1, ONE);
    PageContent.fill(page);
    assertEquals(0, PageContent.wrongBytes(page));
  }

  @Test
  void wrongBytes_anyByteChanged_areCounted() {
    Page page = pool.page(1, ONE);
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      PageContent.fill(page);
      MemorySegment part = ((HostPart) page.parts().get(random.nextInt(DemoModel.PARTS))).segment();
      long offset = random.nextInt(DemoModel.PART_BYTES);
      byte change = (byte) (1 << random.nextInt(Byte.SIZE));
      part.set(
          ValueLayout.JAVA_BYTE, offset, (byte) (part.get(ValueLayout.JAVA_BYTE, offset) ^ change));
      assertEquals(1, PageContent.wrongBytes(page));
    }
  }

  @Test
  void wrongBytes_ofAnotherPageAnotherPartOrZeroes_areNearlyAll() {
    Page page = pool.page(0, ONE);
    assertTrue(PageContent.wrongBytes(page) > DemoModel.PAGE_BYTES * 0.99);
    PageContent.fill(page);
    assertTrue(PageContent.wrongBytes(new Page(OTHER, page.parts())) > DemoModel.PAGE_BYTES * 0.99);
    assertTrue(
        PageContent.wrongBytes(new Page(ONE, page.parts().reversed()))
            > DemoModel.PAGE_BYTES * 0.99);
  }

  @Test
  void pages_ofOnePool_shareNoByte() {
    for (int slot = 0; slot < pool.slots(); slot++) {
      PageContent.fill(pool.page(slot, slot == 1 ? ONE : OTHER));
    }
    for (int slot = 0; slot < pool.slots(); slot++) {
      assertEquals(0, PageContent.wrongBytes(pool.page(slot, slot == 1 ? ONE : OTHER)));
    }
    assertEquals(
        (long) pool.slots() * DemoModel.PAGE_BYTES, pool.memory().byteSize(), "and none is lost");
  }
}
