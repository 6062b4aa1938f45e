package io.hicache.tck;

import static io.hicache.PageLayout.LAYER_FIRST;
import static io.hicache.PageLayout.PAGE_FIRST;
import static io.hicache.PageLayout.PAGE_FIRST_DIRECT;
import static io.hicache.PageLayout.PAGE_HEAD;
import static io.hicache.tck.SlotRules.slots;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.StorageConfig;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page stored from a pool of one layout is restored into a pool of any other. */
interface TranscodingRules extends Rules {
  /** Returns slots that {@link SlotRules#slots} has not. */
  static long[] otherSlots() {
    return new long[] {4, 24, 12, 16};
  }

  @Test
  default void pages_storedLayerFirst_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(LAYER_FIRST, false);
  }

  @Test
  default void pages_storedPageFirst_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(PAGE_FIRST, false);
  }

  @Test
  default void pages_storedPageFirstDirect_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(PAGE_FIRST_DIRECT, false);
  }

  @Test
  default void pages_storedPageHead_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(PAGE_HEAD, false);
  }

  @Test
  default void latentPages_storedLayerFirst_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(LAYER_FIRST, true);
  }

  @Test
  default void latentPages_storedPageFirst_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(PAGE_FIRST, true);
  }

  @Test
  default void latentPages_storedPageFirstDirect_goBetweenPoolsOfAllLayouts() {
    assertEveryPair(PAGE_FIRST_DIRECT, true);
  }

  @Test
  default void getV1_ofAnAbsentPageIntoAnotherLayout_leavesThePool() {
    HiCacheStorage store = tck().open(SlotRules.plain(tck(), PAGE_FIRST));
    FencedPool pool = tck().pools().mha(PoolName.KV, PAGE_HEAD);
    store.registerHostPool(pool.pool());
    BatchRules.assertAll(Outcome.ABSENT, store.batchGetV1(SlotRules.BY_SLOT, slots()));
    pool.check();
  }

  /** More pages in one call than the library has buffers for. */
  @Test
  default void pages_ofALargeBatch_goBetweenLayoutsInOrder() {
    HiCacheStorage store = tck().open(SlotRules.plain(tck(), PAGE_FIRST));
    FencedPool pool = tck().pools().large(PoolName.KV, LAYER_FIRST);
    store.registerHostPool(pool.pool());
    List<PageKey> keys = BatchRules.keys("large", 150);
    long[] from = new long[keys.size()];
    long[] to = new long[keys.size()];
    for (int i = 0; i < keys.size(); i++) {
      from[i] = FencedPools.PAGE_TOKENS * (long) i;
      to[i] = FencedPools.PAGE_TOKENS * (2L * keys.size() - 1 - i);
    }
    pool.fill(keys, from);
    BatchRules.assertAll(Outcome.DONE, store.batchSetV1(keys, from));
    BatchRules.assertAll(Outcome.DONE, store.batchGetV1(keys, to));
    pool.assertHolds(keys, to);
  }

  /** Opens the store once for every layout of a pool; each reads what each has written. */
  private void assertEveryPair(PageLayout stored, boolean latent) {
    List<Side> sides = new ArrayList<>();
    for (PageLayout layout : PageLayout.values()) {
      if (!latent || layout != PAGE_HEAD) {
        sides.add(opened(layout, stored, latent));
      }
    }
    for (Side writer : sides) {
      writer.pool.fill(writer.keys, slots());
      BatchRules.assertAll(Outcome.DONE, writer.store.batchSetV1(writer.keys, slots()));
      writer.keys.forEach(key -> assertFlat(writer, key, stored, latent));
    }
    for (Side writer : sides) {
      sides.forEach(reader -> assertRestores(writer, reader));
    }
  }

  private Side opened(PageLayout layout, PageLayout stored, boolean latent) {
    StorageConfig config = SlotRules.plain(tck(), stored).withMla(latent);
    FencedPool pool =
        latent ? tck().pools().mla(PoolName.KV, layout) : tck().pools().mha(PoolName.KV, layout);
    HiCacheStorage store = tck().open(config);
    store.registerHostPool(pool.pool());
    return new Side(store, pool, BatchRules.keys(layout.label(), slots().length));
  }

  /** The store keeps the flat page of the stored layout, whatever the pool's. */
  private void assertFlat(Side writer, PageKey key, PageLayout stored, boolean latent) {
    FencedPage target = tck().pages().target(key, writer.pool.pageBytes());
    assertEquals(Outcome.DONE, writer.store.get(target.page()));
    assertArrayEquals(
        FencedPools.flat(writer.pool.logical(key), stored, latent),
        target.parts().getFirst().toArray(ValueLayout.JAVA_BYTE),
        () -> "stored %s from %s".formatted(stored, writer.pool.pool()));
  }

  private void assertRestores(Side writer, Side reader) {
    boolean shared = writer.equals(reader) || tck().kit().persistsAcrossReopen();
    assertEquals(
        StoreUnderTest.outcomes(slots().length, shared ? Outcome.DONE : Outcome.ABSENT),
        reader.store.batchGetV1(writer.keys, otherSlots()).outcomes());
    if (shared) {
      reader.pool.assertHolds(writer.keys, otherSlots());
    }
  }

  /** A store of one namespace, opened for a pool of one layout. */
  record Side(HiCacheStorage store, FencedPool pool, List<PageKey> keys) {}
}
