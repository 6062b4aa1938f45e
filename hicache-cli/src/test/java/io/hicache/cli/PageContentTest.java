package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageContentTest {
  private static final PageKey ONE = new PageKey("0123456789abcdef".repeat(4));
  private static final PageKey OTHER = new PageKey("0123456789abcdee".repeat(4));
  private static final int PAGES = 3;

  @ParameterizedTest
  @EnumSource(PageLayout.class)
  void wrongBytes_anyByteOfThePageChanged_areCounted(PageLayout layout) {
    try (DemoPool pool = DemoPool.of(layout, PAGES)) {
      Random random = new Random(11);
      PageContent.fill(pool, 1, ONE);
      assertEquals(0, PageContent.wrongBytes(pool, 1, ONE));
      Page page = pool.pages(List.of(OTHER, ONE)).get(1);
      for (int i = 0; i < 50; i++) {
        MemorySegment part =
            ((HostPart) page.parts().get(random.nextInt(page.parts().size()))).segment();
        long offset = random.nextInt(Math.toIntExact(part.byteSize()));
        byte right = part.get(ValueLayout.JAVA_BYTE, offset);
        part.set(ValueLayout.JAVA_BYTE, offset, (byte) (right ^ (1 << random.nextInt(Byte.SIZE))));
        assertEquals(1, PageContent.wrongBytes(pool, 1, ONE));
        part.set(ValueLayout.JAVA_BYTE, offset, right);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PageLayout.class)
  void wrongBytes_ofAnotherPageOrOfZeroes_areNearlyAll(PageLayout layout) {
    try (DemoPool pool = DemoPool.of(layout, PAGES)) {
      assertTrue(PageContent.wrongBytes(pool, 0, ONE) > DemoModel.PAGE_BYTES * 0.99);
      PageContent.fill(pool, 0, ONE);
      assertTrue(PageContent.wrongBytes(pool, 0, OTHER) > DemoModel.PAGE_BYTES * 0.99);
    }
  }

  @ParameterizedTest
  @EnumSource(PageLayout.class)
  void rows_ofEveryPage_areEachOfAnotherContentAndFillThePool(PageLayout layout) {
    try (DemoPool pool = DemoPool.of(layout, PAGES)) {
      Set<Long> places = new HashSet<>();
      Set<Long> words = new HashSet<>();
      for (int page = 0; page < PAGES; page++) {
        PageContent.fill(pool, page, page == 1 ? ONE : OTHER);
      }
      eachRow(
          pool,
          row -> {
            places.add(row);
            words.add(pool.memory().get(ValueLayout.JAVA_LONG_UNALIGNED, row));
          });
      assertEquals(
          pool.memory().byteSize(), (long) places.size() * DemoModel.ROW_BYTES, "none is shared");
      assertEquals(places.size() / PAGES * 2, words.size(), "two pages have the same key");
    }
  }

  private static void eachRow(DemoPool pool, LongConsumer row) {
    for (int page = 0; page < PAGES; page++) {
      for (int part = 0; part < DemoModel.PARTS; part++) {
        for (int token = 0; token < DemoModel.PAGE_TOKENS; token++) {
          for (int head = 0; head < DemoModel.KV_HEADS; head++) {
            row.accept(pool.row(page, part, token, head));
          }
        }
      }
    }
  }
}
