package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;
import static io.hicache.tck.BatchRules.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** v1: a page named by the first slot it has in the pool of keys and values. */
interface SlotRules extends Rules {
  List<PageKey> BY_SLOT = BatchRules.keys("slot", 4);

  /** Returns slots in no order, the first and the last of a pool among them. */
  static long[] slots() {
    return new long[] {20, 0, FencedPools.LAST_SLOT, 8};
  }

  @Test
  default void setV1_ofScatteredSlots_storesEachFlatPage() {
    FencedPool pool = opened();
    pool.fill(BY_SLOT, slots());
    assertAll(DONE, tck().store().batchSetV1(BY_SLOT, slots()));
    BY_SLOT.forEach(key -> tck().assertStored(key, FencedPools.PAGE_BYTES));
  }

  @Test
  default void getV1_intoScatteredSlots_fillsThoseAndNoOther() {
    FencedPool pool = opened();
    tck().putAll(BY_SLOT, FencedPools.PAGE_BYTES);
    assertAll(DONE, tck().store().batchGetV1(BY_SLOT, slots()));
    pool.assertHolds(BY_SLOT, slots());
  }

  @Test
  default void getV1_afterSetV1_bringsThePagesToOtherSlots() {
    FencedPool pool = opened();
    pool.fill(BY_SLOT, slots());
    assertAll(DONE, tck().store().batchSetV1(BY_SLOT, slots()));
    long[] others = {4, 24, 12, 16};
    assertAll(DONE, tck().store().batchGetV1(BY_SLOT, others));
    pool.assertHolds(BY_SLOT, others);
  }

  @Test
  default void getV1_ofPresentAbsentAndWrongLength_answersInOrder() {
    FencedPool pool = opened();
    tck().put(BY_SLOT.get(0), FencedPools.PAGE_BYTES);
    tck().put(BY_SLOT.get(2), FencedPools.PAGE_BYTES - 1);
    tck().put(BY_SLOT.get(3), FencedPools.PAGE_BYTES);
    assertEquals(
        List.of(DONE, ABSENT, MISMATCH, DONE),
        tck().store().batchGetV1(BY_SLOT, slots()).outcomes());
    pool.accept(slots()[2]);
    pool.assertHolds(List.of(BY_SLOT.get(0), BY_SLOT.get(3)), slots()[0], slots()[3]);
  }

  @Test
  default void setV1_ofPresentPages_keepsThemUnlessOverwriting() {
    FencedPool pool = opened();
    tck().putAll(BY_SLOT, FencedPools.PAGE_BYTES);
    Content other = Content.of(BY_SLOT.get(0), 1);
    List<PageKey> first = BY_SLOT.subList(0, 1);
    pool.fill(other.bytes(FencedPools.PAGE_BYTES), 12);
    assertAll(KEPT, tck().store().batchSetV1(first, new long[] {12}));
    tck().assertStored(BY_SLOT.get(0), FencedPools.PAGE_BYTES);
    CallOptions overwriting = CallOptions.DEFAULT.withOverwrite(true);
    assertAll(DONE, tck().store().batchSetV1(first, new long[] {12}, overwriting));
    tck().assertStored(BY_SLOT.get(0), other, FencedPools.PAGE_BYTES);
  }

  @Test
  default void v1_ofKeysInAnotherPool_meansKeysAndValues() {
    FencedPool pool = opened();
    List<PageKey> elsewhere = BY_SLOT.stream().map(key -> key.in(KeyRules.MAMBA)).toList();
    pool.fill(BY_SLOT, slots());
    assertAll(DONE, tck().store().batchSetV1(elsewhere, slots()));
    BY_SLOT.forEach(key -> tck().assertStored(key, FencedPools.PAGE_BYTES));
    assertEquals(0, tck().store().batchExists(elsewhere));
  }

  @Test
  default void v1_ofNothing_answersNothing() {
    opened();
    assertEquals(List.of(), tck().store().batchGetV1(List.of(), new long[0]).outcomes());
    assertEquals(List.of(), tck().store().batchSetV1(List.of(), new long[0]).outcomes());
  }

  @Test
  default void setV1_ofLatentAttention_writesOnTheFirstRankAlone() {
    for (int rank : new int[] {1, 0}) {
      HiCacheStorage store = tck().open(latent(tck(), rank));
      FencedPool pool = tck().pools().mla(PoolName.KV, PageLayout.LAYER_FIRST);
      store.registerHostPool(pool.pool());
      pool.fill(BY_SLOT, slots());
      assertAll(rank == 0 ? DONE : KEPT, store.batchSetV1(BY_SLOT, slots()));
      assertEquals(rank == 0 ? BY_SLOT.size() : 0, store.batchExists(BY_SLOT));
    }
  }

  /** A model of two ranks on which keys and values are alike. */
  static StorageConfig latent(StoreUnderTest tck, int rank) {
    return tck.config()
        .withMla(true)
        .withRanks(RankCoordinates.SINGLE.withTp(rank, 2))
        .withLayout(PageLayout.LAYER_FIRST);
  }

  /** A model on one rank, whose pages are stored in an order. */
  static StorageConfig plain(StoreUnderTest tck, PageLayout stored) {
    return tck.config().withMla(false).withRanks(RankCoordinates.SINGLE).withLayout(stored);
  }

  private FencedPool opened() {
    return opened(tck());
  }

  /** Opens the store in place of the author's, with a pool as pages are stored. */
  static FencedPool opened(StoreUnderTest tck) {
    tck.reopen(plain(tck, PageLayout.LAYER_FIRST));
    FencedPool pool = tck.pools().mha(PoolName.KV, PageLayout.LAYER_FIRST);
    tck.store().registerHostPool(pool.pool());
    return pool;
  }
}
