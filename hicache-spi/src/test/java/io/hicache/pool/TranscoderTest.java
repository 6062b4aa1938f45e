package io.hicache.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pages of one layout and rank stored in another: against SGLang's own flat pages of both. */
class TranscoderTest {

  /** A pool and a stored layout of the same content, both in the vectors. */
  private record Pair(PoolCase pool, PoolCase stored) {
    PageLayout layout() {
      return PageLayout.of(stored.json().get("layout").asText());
    }

    String name() {
      return pool.id() + " stored " + stored.json().get("layout").asText();
    }
  }

  /** Every ordered pair within a family whose cases hold one logical content. */
  private static List<Pair> pairs() {
    Map<String, List<PoolCase>> families =
        PoolCase.all().stream()
            .filter(PoolCase::hasFlatPage)
            .collect(Collectors.groupingBy(PoolCase::family, TreeMap::new, Collectors.toList()));
    List<Pair> pairs = new ArrayList<>();
    for (List<PoolCase> family : families.values()) {
      for (PoolCase pool : family) {
        for (PoolCase stored : family) {
          if (pool.id().equals(stored.id())
              || !pool.json().get("kind").asText().contains("in its own layout")) {
            pairs.add(new Pair(pool, stored));
          }
        }
      }
    }
    return pairs;
  }

  @Test
  void pairs_ofTheVectors_areAllHere() {
    Map<String, Long> counts =
        pairs().stream()
            .collect(
                Collectors.groupingBy(
                    pair -> pair.pool.json().get("class").asText(),
                    TreeMap::new,
                    Collectors.counting()));
    assertEquals(
        Map.of(
            "DSAIndexerPoolHost", 3L,
            "DeepSeekV4PagedHostPool", 10L,
            "LogicalHostPool", 1L,
            "MHATokenToKOnlyPoolHost", 3L,
            "MHATokenToKVPoolHost", 153L,
            "MLATokenToKVPoolHost", 65L,
            "MambaPoolHost", 20L),
        counts);
  }

  @TestFactory
  Stream<DynamicTest> gather_intoEveryStoredLayout_isSglangsFlatPage() {
    return pairs().stream()
        .map(pair ->
            DynamicTest.dynamicTest(
                pair.name(),
                () -> {
                  try (Arena arena = Arena.ofShared()) {
                    HostPool pool = pair.pool.filled(arena);
                    Transcoder transcoder = Transcoder.of(pool, pair.layout());
                    pair.stored
                        .pages()
                        .forEach(page -> {
                          MemorySegment stored = arena.allocate(transcoder.storedBytes());
                          transcoder.gather(page.get("slot").asLong(), 0, stored);
                          assertEquals(page.get("flat_sha256").asText(), sha256(stored));
                          if (transcoder.direct()) {
                            assertArrayEquals(
                                stored.toArray(ValueLayout.JAVA_BYTE),
                                PoolCase.gather(transcoder.parts(page.get("slot").asLong(), 0)));
                          }
                        });
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> scatter_fromEveryStoredLayout_changesThatPageOnly() {
    return pairs().stream()
        .map(pair ->
            DynamicTest.dynamicTest(
                pair.name(),
                () -> {
                  try (Arena arena = Arena.ofShared()) {
                    HostPool source = pair.stored.filled(arena);
                    List<JsonNode> after = pair.pool.pages().toList();
                    for (JsonNode page : after) {
                      long slot = page.get("slot").asLong();
                      HostPool blank = pair.pool.blank(arena);
                      Transcoder transcoder = Transcoder.of(blank, pair.layout());
                      byte[] flat = PoolCase.gather(source.parts(slot));
                      MemorySegment stored =
                          arena.allocate(flat.length).copyFrom(MemorySegment.ofArray(flat));
                      transcoder.scatter(stored, slot, 0);
                      assertEquals(
                          PoolCase.texts(page.get("after_set_into_0xEE_pool_sha256")),
                          PoolCase.digests(blank));
                    }
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> gather_ofKeysOnlyAndIndexes_goesThereAndBack() {
    List<PoolCase> cases =
        PoolCase.all().stream()
            .filter(each -> each.json().get("kind").asText().contains("in its own layout"))
            .toList();
    assertEquals(6, cases.size());
    return cases.stream()
        .flatMap(each ->
            Stream.of(PageLayout.LAYER_FIRST, PageLayout.PAGE_FIRST, PageLayout.PAGE_FIRST_DIRECT)
                .map(layout ->
                    DynamicTest.dynamicTest(
                        each.id() + " stored " + layout.label(),
                        () -> {
                          try (Arena arena = Arena.ofShared()) {
                            HostPool pool = each.filled(arena);
                            HostPool blank = each.blank(arena);
                            Transcoder out = Transcoder.of(pool, layout);
                            MemorySegment stored = arena.allocate(out.storedBytes());
                            out.gather(8, 0, stored);
                            Transcoder.of(blank, layout).scatter(stored, 8, 0);
                            assertArrayEquals(
                                PoolCase.gather(pool.parts(8)), PoolCase.gather(blank.parts(8)));
                          }
                        })));
  }

  @Test
  void direct_whereRunsAreWhole_needsNoBuffer() {
    try (Arena arena = Arena.ofShared()) {
      PoolSlots slots = new PoolSlots(12, 4);
      HostPool layerFirst = pool(arena, new MhaShape(PageLayout.LAYER_FIRST, slots, 3, 4, 8, 2));
      HostPool pageHead = pool(arena, new MhaShape(PageLayout.PAGE_HEAD, slots, 3, 4, 8, 2));
      assertTrue(Transcoder.of(layerFirst, PageLayout.LAYER_FIRST).direct());
      assertTrue(Transcoder.of(layerFirst, PageLayout.PAGE_FIRST_DIRECT).direct());
      assertFalse(Transcoder.of(layerFirst, PageLayout.PAGE_FIRST).direct());
      assertTrue(Transcoder.of(pageHead, PageLayout.PAGE_HEAD, 4).direct());
      assertEquals(2, Transcoder.of(pageHead, PageLayout.PAGE_HEAD, 4).parts(4, 3).size());
      Transcoder copied = Transcoder.of(layerFirst, PageLayout.PAGE_HEAD, 2);
      assertFalse(copied.direct());
      assertThrows(IllegalStateException.class, () -> copied.parts(0, 0));
    }
  }

  @Test
  void of_whatCannotBe_isRefusedByName() {
    try (Arena arena = Arena.ofShared()) {
      PoolSlots slots = new PoolSlots(12, 4);
      HostPool mha = pool(arena, new MhaShape(PageLayout.LAYER_FIRST, slots, 3, 4, 8, 2));
      HostPool mla = pool(arena, new MlaShape(PageLayout.LAYER_FIRST, slots, 3, 8, 2));
      HostPool rows = pool(arena, new PagedRowsShape(PageLayout.PAGE_FIRST, slots, 3, 8));
      assertRefused(
          "head groups 3: must divide the 4 heads",
          () -> Transcoder.of(mha, PageLayout.PAGE_HEAD, 3));
      assertRefused(
          "layout page_head: a stored page of pool kv must be layer_first, page_first or"
              + " page_first_direct",
          () -> Transcoder.of(mla, PageLayout.PAGE_HEAD));
      assertRefused(
          "head groups 2: must be 1 in pool kv, whose pages have no heads",
          () -> Transcoder.of(rows, PageLayout.PAGE_FIRST, 2));
      Transcoder transcoder = Transcoder.of(mha, PageLayout.PAGE_FIRST);
      MemorySegment stored = arena.allocate(transcoder.storedBytes());
      assertRefused("pool kv, head group 1: must be 0 to 0", () -> transcoder.gather(0, 1, stored));
      assertRefused(
          "pool kv, stored page of 1535 bytes: must be at least 1536 bytes",
          () -> transcoder.scatter(stored.asSlice(1), 0, 0));
      assertRefused("pool kv, slot 12: must be 0 to 8", () -> transcoder.gather(12, 0, stored));
    }
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static HostPool pool(Arena arena, PoolShape shape) {
    return HostPool.over(PoolName.KV, shape, arena.allocate(HostPool.regionBytes(shape)));
  }

  private static String sha256(MemorySegment memory) {
    return PoolCase.sha256(memory.toArray(ValueLayout.JAVA_BYTE));
  }
}
