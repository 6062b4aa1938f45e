package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.HitPolicy;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.MlaShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What v1 and v2 make of slots, pools and ranks, over a backend that sees pages only. */
class GuardPoolsTest {
  private static final PoolName SIDE = new PoolName("mamba");
  private static final PoolSlots SLOTS = new PoolSlots(32, 4);
  private static final List<PageKey> KEYS =
      List.of(new PageKey("a"), new PageKey("b"), new PageKey("c"));
  private static final long[] FROM = {8, 0, 28};
  private static final long[] TO = {4, 12, 16};

  private final ScriptedStorage backend = new ScriptedStorage(ScriptedStorage.ABLE);

  /**
   * Written from a pool of one layout, read into one of each other; the logical page is the same.
   */
  @ParameterizedTest
  @EnumSource(PageLayout.class)
  void v1_betweenPoolsOfTwoLayouts_restoresTheLogicalPage(PageLayout layout) {
    StorageConfig config = Guarded.CONFIG.withLayout(PageLayout.LAYER_FIRST);
    HostPool source = filled(mha(PageLayout.LAYER_FIRST, PoolName.KV));
    HostPool target = mha(layout, PoolName.KV);
    HiCacheStorage writer = open(config, source);
    HiCacheStorage reader = open(config, target);

    assertTrue(writer.batchSetV1(KEYS, FROM).allDone());
    assertTrue(reader.batchGetV1(KEYS, TO).allDone());

    for (int page = 0; page < KEYS.size(); page++) {
      for (int token = 0; token < 4; token++) {
        assertToken(source, FROM[page] + token, target, TO[page] + token);
      }
    }
  }

  @Test
  void v1_absentPage_leavesThePoolAsItWas() {
    HostPool target = filled(mha(PageLayout.PAGE_HEAD, PoolName.KV));
    byte[] before = target.buffers().getFirst().toArray(ValueLayout.JAVA_BYTE);

    BatchResult result = open(Guarded.CONFIG, target).batchGetV1(KEYS, TO);

    assertEquals("[ABSENT×3]", result.toString());
    assertEquals(-1, MemorySegment.ofArray(before).mismatch(target.buffers().getFirst()));
  }

  @Test
  void setV2_sidePageThatFails_skipsItsKvPageAndNoOther() {
    HiCacheStorage store = twoPools(Guarded.CONFIG);
    backend.answer =
        result -> result.size() == 2 ? BatchResult.of(List.of(done(), mismatch()), null) : result;

    Map<PoolName, BatchResult> results =
        store.batchSetV2(
            List.of(
                PoolTransfer.of(PoolName.KV, KEYS, FROM),
                PoolTransfer.of(SIDE, KEYS.subList(1, 3), new long[] {0, 4})));

    assertEquals(List.of(PoolName.KV, SIDE), List.copyOf(results.keySet()));
    assertEquals("[DONE, MISMATCH]", String.valueOf(results.get(SIDE)));
    assertEquals("SKIPPED", String.valueOf(outcome(results, 2)));
    assertEquals(List.of("batchSet", "batchSet"), backend.events);
  }

  @Test
  void existsV2_trailingPool_tellsTheLengthsThatCanBeRestored() {
    HiCacheStorage store = twoPools(Guarded.CONFIG);
    store.batchSetV1(KEYS, FROM);
    store.batchSetV2(
        List.of(PoolTransfer.of(SIDE, List.of(KEYS.get(0), KEYS.get(2)), new long[] {0, 4})));

    PrefixHits hits =
        store.batchExistsV2(KEYS, List.of(PoolTransfer.asking(SIDE, HitPolicy.TRAILING_PAGES, 1)));

    assertEquals(3, hits.kvPages());
    assertEquals(List.of(1, 3), hits.restorable());
    assertEquals(3, hits.best());
  }

  @Test
  void set_onAnotherRankOfMla_keepsWhatIsAlikeAndWritesWhatIsNot() {
    StorageConfig rank =
        Guarded.CONFIG.withMla(true).withRanks(RankCoordinates.SINGLE.withTp(1, 2));
    HiCacheStorage store =
        open(rank, HostPool.allocate(PoolName.KV, latent()), HostPool.allocate(SIDE, latent()));

    Map<PoolName, BatchResult> results =
        store.batchSetV2(
            List.of(PoolTransfer.of(PoolName.KV, KEYS, FROM), PoolTransfer.of(SIDE, KEYS, FROM)));

    assertEquals("[KEPT×3]", String.valueOf(results.get(PoolName.KV)));
    assertEquals("[DONE×3]", String.valueOf(results.get(SIDE)));
    assertEquals("[KEPT×3]", store.batchSetV1(KEYS, FROM).toString());
  }

  @Test
  void headGroups_ofOneCommonMultiple_restoreOneRankFromTwo() {
    RankCoordinates two = RankCoordinates.SINGLE.withTp(0, 1).withTpLcm(2);
    HostPool source = filled(mha(PageLayout.LAYER_FIRST, PoolName.KV));
    HostPool target = mha(PageLayout.PAGE_HEAD, PoolName.KV);

    assertTrue(open(Guarded.CONFIG.withRanks(two), source).batchSetV1(KEYS, FROM).allDone());
    assertTrue(open(Guarded.CONFIG.withRanks(two), target).batchGetV1(KEYS, TO).allDone());

    assertToken(source, FROM[1], target, TO[1]);
  }

  @Test
  void calls_thatBreakARule_areRefusedBeforeTheBackend() {
    HiCacheStorage store = twoPools(Guarded.CONFIG);
    PoolName unknown = new PoolName("unknown");

    refused("unknown", () -> store.batchGetV2(List.of(PoolTransfer.of(unknown, KEYS, FROM))));
    refused("slots", () -> store.batchGetV1(KEYS, new long[] {0, 4}));
    refused("slot", () -> store.batchGetV1(KEYS, new long[] {0, 4, 5}));
    refused("slot", () -> store.batchSetV1(KEYS, new long[] {0, 4, 32}));
    refused("of two", () -> store.batchGetV1(KEYS, new long[] {0, 4, 4}));
    PageKey a = KEYS.getFirst();
    refused("from two", () -> store.batchSetV1(List.of(a, a), new long[] {0, 4}));
    refused("once", () -> store.registerHostPool(mha(PageLayout.LAYER_FIRST, PoolName.KV)));
    assertEquals(List.of(), backend.events);

    store.close();
    assertThrows(IllegalStateException.class, () -> store.batchGetV1(KEYS, FROM));
  }

  @Test
  void registerHostPool_ofOtherBytesOnEveryRankUnderMla_isRefused() {
    StorageConfig rank =
        Guarded.CONFIG.withMla(true).withRanks(RankCoordinates.SINGLE.withTp(1, 2));
    refused("each of the 2", () -> open(rank, mha(PageLayout.LAYER_FIRST, PoolName.KV)));
  }

  private HiCacheStorage twoPools(StorageConfig config) {
    HiCacheStorage store =
        open(
            config,
            filled(mha(PageLayout.LAYER_FIRST, PoolName.KV)),
            filled(mha(PageLayout.LAYER_FIRST, SIDE)));
    return store;
  }

  private HiCacheStorage open(StorageConfig config, HostPool... pools) {
    HiCacheStorage store = GuardedStorage.over("scripted", backend, config);
    for (HostPool pool : pools) {
      store.registerHostPool(pool);
    }
    backend.events.clear();
    return store;
  }

  private static HostPool mha(PageLayout layout, PoolName name) {
    return HostPool.allocate(name, new MhaShape(layout, SLOTS, 2, 2, 16, 2));
  }

  private static MlaShape latent() {
    return new MlaShape(PageLayout.LAYER_FIRST, SLOTS, 2, 16, 2);
  }

  private static HostPool filled(HostPool pool) {
    Random random = new Random(7);
    for (MemorySegment buffer : pool.buffers()) {
      byte[] bytes = new byte[(int) buffer.byteSize()];
      random.nextBytes(bytes);
      MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }
    return pool;
  }

  /** Compares one token's heads in every layer and half, by SGLang's own formulas of the axes. */
  private static void assertToken(HostPool one, long slot, HostPool other, long otherSlot) {
    for (int half = 0; half < 2; half++) {
      for (int layer = 0; layer < 2; layer++) {
        for (int head = 0; head < 2; head++) {
          MemorySegment here =
              one.buffers().getFirst().asSlice(at(one, half, layer, slot, head), 32);
          MemorySegment there =
              other.buffers().getFirst().asSlice(at(other, half, layer, otherSlot, head), 32);
          assertEquals(-1, here.mismatch(there), "half " + half + " layer " + layer);
        }
      }
    }
  }

  private static long at(HostPool pool, int half, int layer, long slot, int head) {
    long page = slot / 4;
    long token = slot % 4;
    long row =
        switch (((MhaShape) pool.shape()).layout()) {
          case LAYER_FIRST -> (layer * 32L + slot) * 2 + head;
          case PAGE_FIRST -> (slot * 2 + layer) * 2 + head;
          case PAGE_FIRST_DIRECT -> ((page * 2 + layer) * 4 + token) * 2 + head;
          case PAGE_HEAD -> ((page * 2 + head) * 4 + token) * 2 + layer;
        };
    return (half * 128L + row) * 32;
  }

  private static Outcome done() {
    return Outcome.DONE;
  }

  private static Outcome mismatch() {
    return Outcome.MISMATCH;
  }

  private static Outcome outcome(Map<PoolName, BatchResult> results, int position) {
    BatchResult kv = results.get(PoolName.KV);
    return kv == null ? Outcome.ABSENT : kv.get(position);
  }

  private static void refused(String words, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
