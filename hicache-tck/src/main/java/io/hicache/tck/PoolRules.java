package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_REFUSED;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.SKIPPED;
import static io.hicache.tck.SlotRules.BY_SLOT;
import static io.hicache.tck.SlotRules.slots;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** v2: several pools in one call, where the page of keys and values comes last or not at all. */
interface PoolRules extends Rules {
  PoolName SWA = BadSlotRules.SWA;

  /** Returns slots in no order, the first and the last of a pool of states among them. */
  static long[] stateSlots() {
    return new long[] {3, 7, 0, 1};
  }

  @Test
  default void setV2_ofSeveralPools_storesEachUnderItsPool() {
    Three pools = opened();
    Map<PoolName, BatchResult> results = tck().store().batchSetV2(pools.transfers());
    assertOutcomes(
        Map.of(PoolName.KV, all(DONE), KeyRules.MAMBA, all(DONE), SWA, all(DONE)), results);
    for (PageKey key : BY_SLOT) {
      tck().assertStored(key, FencedPools.PAGE_BYTES);
      tck().assertStored(key.in(SWA), Content.of(key), FencedPools.PAGE_BYTES);
      tck().assertStored(key.in(KeyRules.MAMBA), Content.of(key), pools.mamba.pageBytes());
    }
  }

  @Test
  default void getV2_ofSeveralPools_fillsEachPool() {
    Three pools = opened();
    tck().store().batchSetV2(pools.transfers());
    long[] slots = {4, 12, 24, 16};
    long[] states = {6, 2, 4, 5};
    List<PoolTransfer> transfers =
        List.of(
            PoolTransfer.of(SWA, BY_SLOT, slots),
            PoolTransfer.of(PoolName.KV, BY_SLOT, slots),
            PoolTransfer.of(KeyRules.MAMBA, BY_SLOT, states));
    Map<PoolName, BatchResult> results = tck().store().batchGetV2(transfers);
    assertOutcomes(
        Map.of(PoolName.KV, all(DONE), KeyRules.MAMBA, all(DONE), SWA, all(DONE)), results);
    pools.kv.assertHolds(BY_SLOT, slots);
    pools.swa.assertHolds(BY_SLOT, slots);
    pools.mamba.assertHolds(BY_SLOT, states);
  }

  @Test
  default void getV2_ofAPageThatOnePoolLacks_answersForEachPool() {
    Three pools = opened();
    tck().putAll(BY_SLOT, FencedPools.PAGE_BYTES);
    PageKey state = BY_SLOT.get(2);
    tck().put(state.in(KeyRules.MAMBA), Content.of(state), pools.mamba.pageBytes());
    Map<PoolName, BatchResult> results =
        tck()
            .store()
            .batchGetV2(
                List.of(
                    PoolTransfer.of(PoolName.KV, BY_SLOT, slots()),
                    PoolTransfer.of(KeyRules.MAMBA, BY_SLOT.subList(1, 3), new long[] {5, 2})));
    assertOutcomes(Map.of(PoolName.KV, all(DONE), KeyRules.MAMBA, List.of(ABSENT, DONE)), results);
    pools.mamba.assertHolds(List.of(state), 2);
  }

  @Test
  default void v2_answersInTheOrderAsked() {
    Three pools = opened();
    List<PoolName> asked = List.of(SWA, PoolName.KV, KeyRules.MAMBA);
    List<PoolTransfer> transfers = asked.stream().map(pools::transfer).toList();
    assertEquals(asked, List.copyOf(tck().store().batchSetV2(transfers).keySet()));
    assertEquals(asked, List.copyOf(tck().store().batchGetV2(transfers).keySet()));
    assertEquals(Map.of(), tck().store().batchSetV2(List.of()));
    assertEquals(Map.of(), tck().store().batchGetV2(List.of()));
  }

  @Test
  default void setV2_writesSidePoolsBeforeKeysAndValues() {
    Three pools = opened();
    Watched watched = tck().watch(Set.of());
    pools.registerWith(tck().store());
    tck().store().batchSetV2(pools.transfers());
    List<PoolName> written = watched.written().stream().map(PageKey::pool).toList();
    assertEquals(3 * BY_SLOT.size(), written.size());
    assertEquals(2 * BY_SLOT.size(), written.indexOf(PoolName.KV), written::toString);
  }

  @Test
  default void setV2_whereASidePageFails_skipsItsKeysAndValuesAndNoOther() {
    Three pools = opened();
    tck().watch(Set.of(BY_SLOT.get(1).in(KeyRules.MAMBA), BY_SLOT.get(3).in(SWA)));
    pools.registerWith(tck().store());
    Map<PoolName, BatchResult> results = tck().store().batchSetV2(pools.transfers());
    assertOutcomes(
        Map.of(
            PoolName.KV,
            List.of(DONE, SKIPPED, DONE, SKIPPED),
            KeyRules.MAMBA,
            List.of(DONE, FAILED_REFUSED, DONE, DONE),
            SWA,
            List.of(DONE, DONE, DONE, FAILED_REFUSED)),
        results);
    assertEquals(
        List.of(DONE, ABSENT, DONE, ABSENT), tck().store().batchPresent(BY_SLOT).outcomes());
    results.forEach((pool, result) ->
        assertEquals(!pool.equals(PoolName.KV), result.firstFailure().isPresent(), pool::value));
  }

  @Test
  default void setV2_ofPagesWithoutAllSidePages_writesThose() {
    Three pools = opened();
    List<PoolTransfer> transfers =
        List.of(
            pools.transfer(PoolName.KV),
            PoolTransfer.of(KeyRules.MAMBA, BY_SLOT.subList(3, 4), new long[] {1}));
    assertOutcomes(
        Map.of(PoolName.KV, all(DONE), KeyRules.MAMBA, List.of(DONE)),
        tck().store().batchSetV2(transfers));
    assertEquals(4, tck().store().batchExists(BY_SLOT));
  }

  @Test
  default void setV2_whereSidePagesAreThere_writesKeysAndValues() {
    Three pools = opened();
    tck().store().batchSetV2(List.of(pools.transfer(KeyRules.MAMBA)));
    assertOutcomes(
        Map.of(PoolName.KV, all(DONE), KeyRules.MAMBA, all(KEPT)),
        tck()
            .store()
            .batchSetV2(List.of(pools.transfer(PoolName.KV), pools.transfer(KeyRules.MAMBA))));
    assertEquals(4, tck().store().batchExists(BY_SLOT));
  }

  @Test
  default void setV2_ofLatentAttention_keepsWhatIsAlikeAndWritesWhatIsNot() {
    tck().reopen(SlotRules.latent(tck(), 1));
    FencedPool kv = tck().pools().mla(PoolName.KV, PageLayout.LAYER_FIRST);
    FencedPool mamba = tck().pools().mamba();
    HiCacheStorage store = tck().with(kv, mamba);
    kv.fill(BY_SLOT, slots());
    mamba.fill(BY_SLOT, stateSlots());
    assertOutcomes(
        Map.of(PoolName.KV, all(KEPT), KeyRules.MAMBA, all(DONE)),
        store.batchSetV2(
            List.of(
                PoolTransfer.of(PoolName.KV, BY_SLOT, slots()),
                PoolTransfer.of(KeyRules.MAMBA, BY_SLOT, stateSlots()))));
    assertEquals(0, store.batchExists(BY_SLOT));
    tck().putAll(BY_SLOT, kv.pageBytes());
  }

  private static List<Outcome> all(Outcome outcome) {
    return StoreUnderTest.outcomes(BY_SLOT.size(), outcome);
  }

  private static void assertOutcomes(
      Map<PoolName, List<Outcome>> expected, Map<PoolName, BatchResult> results) {
    assertEquals(expected.keySet(), results.keySet());
    results.forEach(
        (pool, result) -> assertEquals(expected.get(pool), result.outcomes(), pool::value));
  }

  private Three opened() {
    FencedPool kv = SlotRules.opened(tck());
    Three pools =
        new Three(kv, tck().pools().mamba(), tck().pools().mha(SWA, PageLayout.LAYER_FIRST));
    tck().with(pools.mamba, pools.swa);
    kv.fill(BY_SLOT, slots());
    pools.swa.fill(BY_SLOT, slots());
    pools.mamba.fill(BY_SLOT, stateSlots());
    return pools;
  }

  /** A hybrid model's pools, which hold the same four pages. */
  record Three(FencedPool kv, FencedPool mamba, FencedPool swa) {
    void registerWith(HiCacheStorage store) {
      for (FencedPool each : List.of(kv, mamba, swa)) {
        store.registerHostPool(each.pool());
      }
    }

    /** Keys and values first, which must be written last all the same. */
    List<PoolTransfer> transfers() {
      return List.of(transfer(PoolName.KV), transfer(KeyRules.MAMBA), transfer(SWA));
    }

    PoolTransfer transfer(PoolName pool) {
      return PoolTransfer.of(pool, BY_SLOT, pool.equals(KeyRules.MAMBA) ? stateSlots() : slots());
    }
  }
}
