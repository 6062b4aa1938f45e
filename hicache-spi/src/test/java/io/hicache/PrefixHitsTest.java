package io.hicache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Restorable prefixes: SGLang 0.5.23's answers, and those of the definition. */
class PrefixHitsTest {
  private static final List<JsonNode> FILE = cases("file/exists_v2.json", "cases");
  private static final List<JsonNode> MOONCAKE = cases("mooncake/mooncake.json", "exists_v2");

  private static List<JsonNode> cases(String resource, String field) {
    try (InputStream in = PrefixHitsTest.class.getResourceAsStream("/vectors/" + resource)) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).get(field).spliterator(), false)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void cases_ofTheVectors_areAllHere() {
    assertEquals(160, FILE.size());
    assertEquals(60, MOONCAKE.size());
  }

  @TestFactory
  Stream<DynamicTest> of_everyCaseOfFile_isSglangsAnswer() {
    return IntStream.range(0, FILE.size())
        .mapToObj(i -> DynamicTest.dynamicTest("file " + i, () -> check(FILE.get(i))));
  }

  @TestFactory
  Stream<DynamicTest> of_everyCaseOfMooncake_isSglangsAnswer() {
    return IntStream.range(0, MOONCAKE.size())
        .mapToObj(i -> DynamicTest.dynamicTest("mooncake " + i, () -> check(MOONCAKE.get(i))));
  }

  /** SGLang's {@code kv_hit_pages} is the longest restorable prefix; its kv run is in the map. */
  private static void check(JsonNode json) {
    List<PoolTransfer> transfers = new ArrayList<>();
    List<BatchResult> present = new ArrayList<>();
    BatchResult kv = present(json.at("/present/kv").asText());
    Map<PoolName, Integer> expected = new HashMap<>();
    if (kv.leadingDone() > 0) {
      expected.put(PoolName.KV, kv.leadingDone());
    }
    for (JsonNode transfer : json.get("transfers")) {
      PrefixHits before = PrefixHits.of(kv, transfers, present);
      PoolName pool = new PoolName(transfer.get("pool").asText());
      transfers.add(
          PoolTransfer.asking(
              pool,
              HitPolicy.of(transfer.get("policy").asText()),
              transfer.get("len_keys").asInt()));
      present.add(present(json.get("present").get(pool.value()).asText()));
      int alone = PrefixHits.of(kv, transfers, present).poolPages().getOrDefault(pool, -1);
      if (before.best() > 0 && alone > 0) { // SGLang looks no further once nothing is left
        expected.put(pool, alone);
      }
    }
    assertAnswer(json, PrefixHits.of(kv, transfers, present), expected);
  }

  private static void assertAnswer(
      JsonNode json, PrefixHits hits, Map<PoolName, Integer> poolPages) {
    List<Integer> restorable = new ArrayList<>();
    json.get("restorable_prefix_pages").forEach(pages -> restorable.add(pages.asInt()));
    assertEquals(restorable, hits.restorable());
    assertEquals(json.get("kv_hit_pages").asInt(), hits.best());
    Map<PoolName, Integer> expected = new HashMap<>();
    json.get("extra_pool_hit_pages")
        .properties()
        .forEach(each -> expected.put(new PoolName(each.getKey()), each.getValue().asInt()));
    assertEquals(expected, poolPages);
  }

  private static BatchResult present(String pages) {
    return BatchResult.of(
        pages.chars().mapToObj(c -> c == '1' ? Outcome.DONE : Outcome.ABSENT).toList(), null);
  }

  /** 10,000 random questions against the definition, length by length and page by page. */
  @Test
  void of_randomPresence_isWhatTheDefinitionSays() {
    Random random = new Random(20260522);
    for (int round = 0; round < 10_000; round++) {
      int pages = random.nextInt(13);
      List<PoolTransfer> transfers = new ArrayList<>();
      List<BatchResult> present = new ArrayList<>();
      BatchResult kv = random(random, pages);
      for (int i = random.nextInt(4); i > 0; i--) {
        HitPolicy policy = random.nextBoolean() ? HitPolicy.ALL_PAGES : HitPolicy.TRAILING_PAGES;
        transfers.add(PoolTransfer.asking(new PoolName("pool" + i), policy, random.nextInt(4)));
        present.add(random(random, pages));
      }
      PrefixHits hits = PrefixHits.of(kv, transfers, present);
      assertEquals(kv.leadingDone(), hits.kvPages());
      assertEquals(byDefinition(kv, transfers, present), hits.restorable());
      for (int i = 0; i < transfers.size(); i++) {
        List<Integer> alone =
            byDefinition(kv, transfers.subList(i, i + 1), present.subList(i, i + 1));
        assertEquals(
            alone.isEmpty() ? 0 : alone.getLast(), hits.poolPages().get(transfers.get(i).pool()));
      }
    }
  }

  private static BatchResult random(Random random, int pages) {
    double likely = random.nextDouble();
    return BatchResult.of(
        IntStream.range(0, pages)
            .mapToObj(i -> random.nextDouble() < Math.sqrt(likely) ? Outcome.DONE : Outcome.ABSENT)
            .toList(),
        null);
  }

  private static List<Integer> byDefinition(
      BatchResult kv, List<PoolTransfer> transfers, List<BatchResult> present) {
    List<Integer> lengths = new ArrayList<>();
    for (int length = 1; length <= kv.size(); length++) {
      boolean restorable = has(kv, 0, length);
      for (int i = 0; i < transfers.size(); i++) {
        int needed = Math.max(1, transfers.get(i).keys().size());
        boolean all = transfers.get(i).policy() == HitPolicy.ALL_PAGES;
        int first = all ? 0 : Math.max(0, length - needed);
        restorable &= has(present.get(i), first, length);
      }
      if (restorable) {
        lengths.add(length);
      }
    }
    return lengths;
  }

  private static boolean has(BatchResult present, int from, int to) {
    return IntStream.range(from, to).allMatch(page -> present.get(page) == Outcome.DONE);
  }

  /** The example of two ranks for which the least of the longest would be wrong. */
  @Test
  void intersect_ofRanksWithHoles_isNotTheLeastOfTheLongest() {
    List<PoolTransfer> mamba =
        List.of(PoolTransfer.asking(new PoolName("mamba"), HitPolicy.TRAILING_PAGES, 1));
    PrefixHits one = PrefixHits.of(present("11111"), mamba, List.of(present("01001")));
    PrefixHits other = PrefixHits.of(present("1111"), mamba, List.of(present("01111")));
    assertEquals(List.of(2, 5), one.restorable());
    assertEquals(4, other.best());
    PrefixHits both = one.intersect(List.of(other));
    assertEquals(List.of(2), both.restorable());
    assertEquals(2, both.best());
    assertEquals(4, both.kvPages());
    assertEquals(Map.of(new PoolName("mamba"), 4), both.poolPages());
    assertEquals(one, one.intersect(List.of()));
  }

  @Test
  void of_aFailure_endsTheRunAndIsTold() {
    HiCacheException down = new HiCacheException(FaultKind.UNAVAILABLE, "down");
    BatchResult kv =
        BatchResult.of(List.of(Outcome.DONE, FaultKind.UNAVAILABLE.outcome(), Outcome.DONE), down);
    assertEquals(
        new PrefixHits(1, Map.of(), List.of(1), Optional.of(down)),
        PrefixHits.of(kv, List.of(), List.of()));
    PoolTransfer swa = PoolTransfer.asking(new PoolName("swa"), HitPolicy.ALL_PAGES, 0);
    PrefixHits hits =
        PrefixHits.of(present("11"), List.of(swa), List.of(BatchResult.allFailed(2, down)));
    assertEquals(new PrefixHits(2, Map.of(swa.pool(), 0), List.of(), Optional.of(down)), hits);
  }

  @Test
  void numbers_thatCannotBe_areRefused() {
    assertRefused("kv pages -1: must not be negative", () -> hits(-1, List.of()));
    assertRefused(
        "restorable [1, 4]: must be strictly increasing in 1 to 3", () -> hits(3, List.of(1, 4)));
    assertRefused(
        "restorable [2, 2]: must be strictly increasing in 1 to 3", () -> hits(3, List.of(2, 2)));
    assertRefused(
        "restorable [0]: must be strictly increasing in 1 to 3", () -> hits(3, List.of(0)));
    assertRefused(
        "hit policy \"block_groups\": must be one of [all_pages, trailing_pages]",
        () -> HitPolicy.of("block_groups"));
    assertRefused(
        "pool swa, pages -1: must not be negative",
        () -> PoolTransfer.asking(new PoolName("swa"), HitPolicy.ALL_PAGES, -1));
    assertRefused(
        "pool kv, slots: 2 given, must be one for each of 1 keys",
        () -> PoolTransfer.of(PoolName.KV, List.of(new PageKey("a")), new long[] {0, 4}));
    PoolTransfer swa = PoolTransfer.asking(new PoolName("swa"), HitPolicy.ALL_PAGES, 0);
    assertRefused(
        "presence of 1 pages in pool swa: must be at least the 2 kv pages",
        () -> PrefixHits.of(present("11"), List.of(swa), List.of(present("1"))));
    assertRefused(
        "present: 0 given, must be one for each of 1 transfers",
        () -> PrefixHits.of(present("11"), List.of(swa), List.of()));
  }

  private static PrefixHits hits(int kvPages, List<Integer> restorable) {
    return new PrefixHits(kvPages, Map.of(), restorable, Optional.empty());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
