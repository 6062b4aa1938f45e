package io.hicache.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.hicache.HostPart;
import io.hicache.PageLayout;
import io.hicache.Part;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every host pool of SGLang 0.5.23 in the vectors, byte for byte and pointer for pointer. */
class PoolVectorsTest {
  private static final List<PoolCase> CASES = PoolCase.all();

  private static final String UNIFIED = "layout page_unified: a pool in it has no ";
  private static final String SPLIT = "layout page_first_kv_split: a pool in it has no flat page";
  private static final String ASYMMETRIC =
      "head dims 16 and 8: a pool whose keys and values differ in size has no flat page";
  private static final String SIDE = "side states: a pool of states that has them has no pointers";
  private static final List<String> UNIFIED_CASES =
      List.of(
          "mha-unified-g1",
          "mha-unified-g2",
          "mla-a.page_unified",
          "mla-aligned.page_unified",
          "mla-draft.page_unified",
          "mla-fp8.page_unified",
          "mla-p1.page_unified",
          "mla-p64.page_unified");

  @Test
  void cases_ofTheVectors_areAllHere() {
    Map<String, Long> families =
        CASES.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.json().get("class").asText(),
                    TreeMap::new,
                    Collectors.counting()));
    assertEquals(
        Map.of(
            "AsymmetricMHATokenToKVPoolHost", 2L,
            "DSAIndexerPoolHost", 3L,
            "DeepSeekV4PagedHostPool", 4L,
            "LogicalHostPool", 1L,
            "MHATokenToKOnlyPoolHost", 3L,
            "MHATokenToKVPoolHost", 45L,
            "MLATokenToKVPoolHost", 33L,
            "MambaPoolHost", 10L),
        families);
    assertEquals(101, CASES.size());
    assertEquals(87, CASES.stream().filter(PoolCase::hasFlatPage).count());
  }

  @TestFactory
  Stream<DynamicTest> buffers_ofEveryCase_haveSglangsSizesAndContent() {
    return forAll(
        CASES,
        each -> {
          try (Arena arena = Arena.ofShared()) {
            List<PoolBuffer> recorded = new ArrayList<>();
            List<String> digests = new ArrayList<>();
            for (JsonNode buffer : each.json().get("buffers")) {
              recorded.add(
                  new PoolBuffer(buffer.get("name").asText(), buffer.get("bytes").asLong()));
              digests.add(buffer.get("sha256").asText());
            }
            assertEquals(recorded, each.shape().buffers());
            assertEquals(digests, PoolCase.digests(each.filled(arena)));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> parts_ofEveryFlatPage_holdItsBytes() {
    return forAll(
        withFlatPage(),
        each -> {
          try (Arena arena = Arena.ofShared()) {
            HostPool pool = each.filled(arena);
            assertEquals(
                each.json().get("dummy_flat_page").get("bytes").asLong(), pool.pageBytes());
            each.pages()
                .forEach(page -> {
                  List<Part> parts = pool.parts(page.get("slot").asLong());
                  byte[] flat = PoolCase.gather(parts);
                  assertEquals(page.get("flat_bytes").asLong(), flat.length);
                  assertEquals(page.get("flat_sha256").asText(), PoolCase.sha256(flat));
                  assertEquals(pool.partsPerPage(), parts.size());
                  if (page.has("flat_file")) {
                    assertArrayEquals(each.resource(page.get("flat_file").asText()), flat);
                  }
                });
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> parts_writtenWithAFlatPage_changeThatPageOnly() {
    return forAll(
        withFlatPage(),
        each -> {
          try (Arena arena = Arena.ofShared()) {
            HostPool filled = each.filled(arena);
            each.pages()
                .forEach(page -> {
                  long slot = page.get("slot").asLong();
                  HostPool blank = each.blank(arena);
                  PoolCase.scatter(PoolCase.gather(filled.parts(slot)), blank.parts(slot));
                  assertEquals(
                      PoolCase.texts(page.get("after_set_into_0xEE_pool_sha256")),
                      PoolCase.digests(blank));
                });
          }
        });
  }

  @Test
  void parts_withoutAFlatPage_areRefusedByName() {
    Map<String, String> refusals = new HashMap<>();
    UNIFIED_CASES.forEach(id -> refusals.put(id, "pool kv, " + UNIFIED + "flat page"));
    for (String id : List.of("", "-index", "-index-scale", "-fp8")) {
      refusals.put("mla-kvsplit" + id, "pool kv, " + SPLIT);
    }
    refusals.put("mha-asym.page_first", "pool kv, " + ASYMMETRIC);
    refusals.put("mha-asym.page_first_direct", "pool kv, " + ASYMMETRIC);
    assertEquals(14, refusals.size());
    List<PoolCase> none = CASES.stream().filter(each -> !each.hasFlatPage()).toList();
    assertEquals(refusals, messages(none, pool -> pool.parts(0)));
    assertEquals(refusals, messages(none, HostPool::pageBytes));
    assertEquals(refusals, messages(none, pool -> Transcoder.of(pool, PageLayout.PAGE_FIRST)));
    assertEquals(
        refusals,
        messages(
            none,
            pool -> {
              new HostPools().register(pool);
              return pool;
            }));
  }

  @TestFactory
  Stream<DynamicTest> pointers_ofEveryCase_areSglangsInItsOrder() {
    List<PoolCase> listed =
        CASES.stream().filter(each -> each.json().path("page_buffer_meta").isObject()).toList();
    assertEquals(88, listed.size());
    return forAll(
        listed,
        each -> {
          try (Arena arena = Arena.ofShared()) {
            HostPool pool = each.filled(arena);
            JsonNode meta = each.json().get("page_buffer_meta");
            List<Part> pointers = new ArrayList<>();
            for (JsonNode slot : meta.get("host_indices_page_starts")) {
              List<Part> here = pool.pointers(slot.asLong());
              assertEquals(meta.get("pointers_per_page").asInt(), here.size());
              pointers.addAll(here);
            }
            assertEntries(meta.get("entries"), pool, pointers);
            assertObjects(each, pool);
            JsonNode elementSize = each.json().path("page_buffer_element_size");
            if (elementSize.isInt()) {
              assertEquals(elementSize.asLong(), pointers.getFirst().bytes());
            }
          }
        });
  }

  @Test
  void pointers_whereSglangListsNone_areRefusedByName() {
    Map<String, String> refusals = new HashMap<>();
    UNIFIED_CASES.forEach(id -> refusals.put(id, "pool kv, " + UNIFIED + "pointers"));
    refusals.put("mamba-side.page_first", "pool kv, " + SIDE);
    refusals.put("mamba-side.page_first_direct", "pool kv, " + SIDE);
    refusals.put(
        "konly.layer_first", "pool kv, layout layer_first: a key-only pool has no pointers in it");
    refusals.put(
        "dsa-indexer.layer_first",
        "pool kv, layout layer_first: a pool of index keys has no pointers in it");
    List<PoolCase> none =
        CASES.stream().filter(each -> each.json().has("page_buffer_meta_error")).toList();
    assertEquals(12, none.size());
    assertEquals(refusals, messages(none, pool -> pool.pointers(0)));
    assertEquals(
        List.of(), PoolCase.named("logical-anchor").pool(List.of()).pointers(4), "no memory");
  }

  @TestFactory
  Stream<DynamicTest> headGroups_ofEverySplit_areSglangsPointers() {
    List<PoolCase> split = CASES.stream().filter(each -> each.json().has("split_heads")).toList();
    assertEquals(7, split.size());
    return forAll(
        split,
        each -> {
          try (Arena arena = Arena.ofShared()) {
            HostPool pool = each.filled(arena);
            for (Map.Entry<String, JsonNode> factor : each.json().get("split_heads").properties()) {
              int groups = Integer.parseInt(factor.getKey());
              Transcoder transcoder = Transcoder.of(pool, PageLayout.PAGE_HEAD, groups);
              List<Part> pointers = new ArrayList<>();
              for (JsonNode slot : each.json().at("/page_buffer_meta/host_indices_page_starts")) {
                for (int group = 0; group < groups; group++) {
                  pointers.addAll(transcoder.parts(slot.asLong(), group));
                }
              }
              assertEntries(factor.getValue().get("entries"), pool, pointers);
            }
          }
        });
  }

  private static void assertEntries(JsonNode entries, HostPool pool, List<Part> pointers) {
    assertEquals(entries.size(), pointers.size());
    for (int i = 0; i < pointers.size(); i++) {
      JsonNode entry = entries.get(i);
      HostPart part = (HostPart) pointers.get(i);
      int buffer = entry.has("buffer") ? index(pool, entry.get("buffer").asText()) : 0;
      long offset = part.segment().address() - pool.buffers().get(buffer).address();
      assertEquals(entry.get("offset").asLong(), offset, "offset of pointer " + i);
      assertEquals(entry.get("size").asLong(), part.bytes(), "size of pointer " + i);
      assertEquals(entry.get("sha256").asText(), PoolCase.sha256(PoolCase.gather(List.of(part))));
    }
  }

  private static void assertObjects(PoolCase each, HostPool pool) {
    each.pages()
        .filter(page -> page.has("objects_concat_sha256"))
        .forEach(page ->
            assertEquals(
                page.get("objects_concat_sha256").asText(),
                PoolCase.sha256(PoolCase.gather(pool.pointers(page.get("slot").asLong())))));
  }

  private static int index(HostPool pool, String name) {
    return pool.shape().buffers().stream().map(PoolBuffer::name).toList().indexOf(name);
  }

  private static List<PoolCase> withFlatPage() {
    return CASES.stream().filter(PoolCase::hasFlatPage).toList();
  }

  private static Map<String, String> messages(
      List<PoolCase> cases, Function<HostPool, Object> call) {
    Map<String, String> messages = new HashMap<>();
    try (Arena arena = Arena.ofShared()) {
      for (PoolCase each : cases) {
        HostPool pool = each.blank(arena);
        messages.put(
            each.id(),
            assertThrows(IllegalArgumentException.class, () -> call.apply(pool)).getMessage());
      }
    }
    return messages;
  }

  private static Stream<DynamicTest> forAll(List<PoolCase> cases, Consumer<PoolCase> test) {
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.id(), () -> test.accept(each)));
  }
}
