package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.HitPolicy;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which prefixes several pools can restore together; not the least of what each could alone. */
interface PrefixRules extends Rules {
  PoolName SWA = BadSlotRules.SWA;

  /** SGLang 0.5.23's own example: a boundary of 5 that a cut to 4 turns into 2, not into 4. */
  @Test
  default void existsV2_ofATrailingPool_listsEveryLengthThatItCanRestore() {
    opened();
    List<PageKey> keys = stored("prompt", Map.of(PoolName.KV, "11111", KeyRules.MAMBA, "01001"));
    PoolTransfer mamba = trailing(KeyRules.MAMBA, 1);
    assertHits(5, Map.of(KeyRules.MAMBA, 5), List.of(2, 5), ask(keys, mamba));
  }

  @Test
  default void existsV2_ofTwoPools_isNotTheLeastOfTheirLongest() {
    opened();
    List<PageKey> keys =
        stored("prompt", Map.of(PoolName.KV, "11111", KeyRules.MAMBA, "01001", SWA, "11110"));
    assertHits(
        5,
        Map.of(KeyRules.MAMBA, 5, SWA, 4),
        List.of(2),
        ask(keys, trailing(KeyRules.MAMBA, 1), every(SWA)));
  }

  @Test
  default void existsV2_overAGapOfKeysAndValues_stopsThere() {
    opened();
    List<PageKey> keys = stored("prompt", Map.of(PoolName.KV, "11011", KeyRules.MAMBA, "11111"));
    assertHits(2, Map.of(KeyRules.MAMBA, 2), List.of(1, 2), ask(keys, trailing(KeyRules.MAMBA, 1)));
  }

  @Test
  default void existsV2_ofAWindow_needsItsPagesAndNoMore() {
    opened();
    List<PageKey> keys = stored("prompt", Map.of(PoolName.KV, "111111", SWA, "101110"));
    assertHits(6, Map.of(SWA, 5), List.of(1, 4, 5), ask(keys, trailing(SWA, 2)));
    assertHits(6, Map.of(SWA, 5), List.of(1, 3, 4, 5), ask(keys, trailing(SWA, 0)));
    assertHits(6, Map.of(SWA, 1), List.of(1), ask(keys, every(SWA)));
  }

  @Test
  default void existsV2_withPlaceholders_countsThemAlone() {
    opened();
    List<PageKey> keys = stored("prompt", Map.of(PoolName.KV, "1111", SWA, "0110"));
    PoolTransfer named =
        PoolTransfer.of(SWA, keys.subList(2, 4), new long[] {0, 4}, HitPolicy.TRAILING_PAGES);
    assertEquals(ask(keys, trailing(SWA, 2)), ask(keys, named));
    assertHits(4, Map.of(SWA, 3), List.of(3), ask(keys, named));
  }

  @Test
  default void existsV2_ofKeysAndValuesAlone_listsEveryLength() {
    opened();
    List<PageKey> keys = stored("prompt", Map.of(PoolName.KV, "1110"));
    assertHits(3, Map.of(), List.of(1, 2, 3), ask(keys));
    assertHits(3, Map.of(), List.of(1, 2, 3), ask(keys, every(PoolName.KV)));
  }

  @Test
  default void existsV2_ofNothing_isZero() {
    opened();
    List<PageKey> keys = stored("prompt", Map.of(PoolName.KV, "000", KeyRules.MAMBA, "111"));
    PoolTransfer mamba = trailing(KeyRules.MAMBA, 1);
    assertHits(0, Map.of(KeyRules.MAMBA, 0), List.of(), ask(keys, mamba));
    assertHits(0, Map.of(KeyRules.MAMBA, 0), List.of(), ask(List.of(), mamba));
  }

  /** 60 random prompts against the definition, length by length and page by page. */
  @Test
  default void existsV2_ofRandomPages_isWhatTheDefinitionSays() {
    opened();
    Random random = new Random(20260522);
    for (int round = 0; round < 60; round++) {
      int pages = 1 + random.nextInt(10);
      Map<PoolName, String> present = new HashMap<>();
      present.put(PoolName.KV, random(random, pages));
      List<PoolTransfer> transfers = new ArrayList<>();
      for (PoolName pool : List.of(KeyRules.MAMBA, SWA)) {
        present.put(pool, random(random, pages));
        transfers.add(random.nextInt(3) == 0 ? every(pool) : trailing(pool, random.nextInt(4)));
      }
      List<PageKey> keys = stored("round-" + round, present);
      PrefixHits hits = ask(keys, transfers.toArray(PoolTransfer[]::new));
      assertEquals(
          byDefinition(present, transfers), hits.restorable(), () -> "" + present + transfers);
      for (PoolTransfer alone : transfers) {
        List<Integer> lengths = byDefinition(present, List.of(alone));
        assertEquals(lengths.isEmpty() ? 0 : lengths.getLast(), hits.poolPages().get(alone.pool()));
      }
    }
  }

  private static String random(Random random, int pages) {
    double likely = Math.sqrt(random.nextDouble());
    StringBuilder present = new StringBuilder();
    IntStream.range(0, pages).forEach(i -> present.append(random.nextDouble() < likely ? 1 : 0));
    return present.toString();
  }

  private static List<Integer> byDefinition(
      Map<PoolName, String> present, List<PoolTransfer> transfers) {
    BitSet lengths = new BitSet();
    String kv = present.getOrDefault(PoolName.KV, "");
    for (int length = 1; length <= kv.length(); length++) {
      boolean restorable = has(kv, 0, length);
      for (PoolTransfer transfer : transfers) {
        boolean every = transfer.policy() == HitPolicy.ALL_PAGES;
        int window = Math.max(1, transfer.keys().size());
        String here = present.getOrDefault(transfer.pool(), "");
        restorable &= has(here, every ? 0 : Math.max(0, length - window), length);
      }
      lengths.set(length, restorable);
    }
    return lengths.stream().boxed().toList();
  }

  private static boolean has(String present, int from, int to) {
    return present.substring(from, to).indexOf('0') < 0;
  }

  private void opened() {
    FencedPool mamba = tck().pools().mamba();
    FencedPool swa = tck().pools().mha(SWA, PageLayout.LAYER_FIRST);
    SlotRules.opened(tck());
    tck().with(mamba, swa);
  }

  /** Stores a prompt's pages, pool by pool, and returns the prompt's keys. */
  private List<PageKey> stored(String prompt, Map<PoolName, String> present) {
    List<PageKey> keys = List.of();
    for (Map.Entry<PoolName, String> pool : present.entrySet()) {
      String pages = pool.getValue();
      keys = BatchRules.keys(prompt, pages.length());
      List<PageKey> stored =
          IntStream.range(0, pages.length())
              .filter(i -> pages.charAt(i) == '1')
              .mapToObj(i -> BatchRules.key(prompt, i).in(pool.getKey()))
              .toList();
      tck()
          .putAll(
              stored,
              pool.getKey().equals(KeyRules.MAMBA)
                  ? FencedPools.STATE_BYTES
                  : FencedPools.PAGE_BYTES);
    }
    return keys;
  }

  private PrefixHits ask(List<PageKey> keys, PoolTransfer... transfers) {
    return tck().store().batchExistsV2(keys, List.of(transfers));
  }

  private static PoolTransfer trailing(PoolName pool, int pages) {
    return PoolTransfer.asking(pool, HitPolicy.TRAILING_PAGES, pages);
  }

  private static PoolTransfer every(PoolName pool) {
    return PoolTransfer.asking(pool, HitPolicy.ALL_PAGES, 0);
  }

  private static void assertHits(
      int kvPages, Map<PoolName, Integer> poolPages, List<Integer> restorable, PrefixHits hits) {
    assertEquals(new PrefixHits(kvPages, poolPages, restorable, Optional.empty()), hits);
    assertEquals(restorable.isEmpty() ? 0 : restorable.getLast(), hits.best());
  }
}
