package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
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
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Servers of several tensor-parallel sizes share pages where they agree on a common multiple of
 * their sizes: a page is stored head group by head group.
 */
interface HeadGroupRules extends Rules {
  int ALL_HEADS = 8;
  int COMMON_MULTIPLE = 4;

  @Test
  default void pagesOfTwoRanks_areRestoredByFour() {
    assertRestores(2, PageLayout.PAGE_HEAD, 4, PageLayout.LAYER_FIRST);
  }

  @Test
  default void pagesOfFourRanks_areRestoredByTwo() {
    assertRestores(4, PageLayout.LAYER_FIRST, 2, PageLayout.PAGE_HEAD);
  }

  @Test
  default void pagesOfTwoRanks_areRestoredByOne() {
    assertRestores(2, PageLayout.PAGE_FIRST, 1, PageLayout.PAGE_HEAD);
  }

  @Test
  default void pagesOfOneRank_areRestoredByTwo() {
    assertRestores(1, PageLayout.PAGE_HEAD, 2, PageLayout.PAGE_FIRST_DIRECT);
  }

  @Test
  default void pagesOfTwoRanks_underOneMultiple_areNotMixed() {
    List<Rank> ranks = opened(2, PageLayout.PAGE_HEAD);
    write(ranks.get(0));
    BatchRules.assertAll(ABSENT, ranks.get(1).store.batchGetV1(BY_SLOT, slots()));
    ranks.get(1).pool.check();
    write(ranks.get(1));
    ranks.forEach(rank -> assertReads(rank, DONE));
  }

  @Test
  default void pagesOfHalfTheRanks_areNotThereForOne() {
    Rank whole = opened(1, PageLayout.PAGE_HEAD).getFirst();
    List<Rank> halves = opened(2, PageLayout.PAGE_HEAD);
    for (int half = 0; half < 2; half++) {
      List<PageKey> keys = BatchRules.keys("half-" + half, 1);
      long[] slots = {8};
      BatchRules.assertAll(DONE, halves.get(half).store.batchSetV1(keys, slots));
      assertEquals(0, whole.store.batchExists(keys));
      BatchRules.assertAll(ABSENT, whole.store.batchGetV1(keys, slots));
      whole.pool.check();
    }
  }

  @Test
  default void statesOfTwoRanks_underOneMultiple_areEachRanksOwn() {
    assertOwnStates(rank -> config(rank, 2));
  }

  @Test
  default void statesOfTwoRanks_ofLatentAttention_areEachRanksOwn() {
    assertOwnStates(rank -> SlotRules.latent(tck(), rank));
  }

  /** Both ranks write a state under one key, then each reads its own. */
  private void assertOwnStates(IntFunction<StorageConfig> config) {
    List<PageKey> one = BY_SLOT.subList(0, 1);
    List<HiCacheStorage> stores = new ArrayList<>();
    List<FencedPool> pools = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      stores.add(tck().open(config.apply(rank)));
      pools.add(tck().pools().mamba());
      stores.get(rank).registerHostPool(pools.get(rank).pool());
      pools.get(rank).fill(state(rank), 3);
      assertDone(stores.get(rank).batchSetV2(List.of(states(one, 3))));
    }
    for (int rank = 0; rank < 2; rank++) {
      assertDone(stores.get(rank).batchGetV2(List.of(states(one, 6))));
      pools.get(rank).assertHolds(state(rank), 6);
    }
  }

  private static PoolTransfer states(List<PageKey> keys, long slot) {
    return PoolTransfer.of(KeyRules.MAMBA, keys, new long[] {slot});
  }

  private static void assertDone(Map<PoolName, BatchResult> results) {
    results.values().forEach(result -> BatchRules.assertAll(DONE, result));
  }

  private static byte[] state(int rank) {
    return Content.of(BY_SLOT.getFirst(), rank).bytes(FencedPools.STATE_BYTES);
  }

  /** Every rank of one size writes its heads, and every rank of another reads its own. */
  private void assertRestores(int writers, PageLayout written, int readers, PageLayout read) {
    opened(writers, written).forEach(this::write);
    boolean shared = tck().kit().sharesHeadGroups() && tck().kit().persistsAcrossReopen();
    opened(readers, read).forEach(rank -> assertReads(rank, shared ? DONE : ABSENT));
  }

  private List<Rank> opened(int size, PageLayout layout) {
    List<Rank> ranks = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      HiCacheStorage store = tck().open(config(rank, size));
      FencedPool pool = tck().pools().mha(PoolName.KV, layout, ALL_HEADS / size);
      store.registerHostPool(pool.pool());
      ranks.add(new Rank(store, pool, rank, size));
    }
    return ranks;
  }

  private StorageConfig config(int rank, int size) {
    return SlotRules.plain(tck(), PageLayout.PAGE_HEAD)
        .withRanks(RankCoordinates.SINGLE.withTp(rank, size).withTpLcm(COMMON_MULTIPLE));
  }

  private void write(Rank rank) {
    for (int i = 0; i < slots().length; i++) {
      rank.pool.fill(rank.heads(BY_SLOT.get(i)), slots()[i]);
    }
    BatchRules.assertAll(DONE, rank.store.batchSetV1(BY_SLOT, slots()));
  }

  private void assertReads(Rank rank, Outcome outcome) {
    long[] slots = TranscodingRules.otherSlots();
    assertEquals(
        StoreUnderTest.outcomes(slots.length, outcome),
        rank.store.batchGetV1(BY_SLOT, slots).outcomes());
    for (int i = 0; i < slots.length && outcome == DONE; i++) {
      rank.pool.expect(rank.heads(BY_SLOT.get(i)), slots[i]);
    }
    rank.pool.check();
  }

  /** One rank's store and pool. */
  record Rank(HiCacheStorage store, FencedPool pool, int rank, int size) {
    /** Returns the heads that this rank has of the model's page. */
    byte[] heads(PageKey key) {
      byte[] all = Content.of(key).bytes(pool.pageBytes() * size);
      return FencedPools.ofRank(all, ALL_HEADS, rank, size);
    }
  }
}
