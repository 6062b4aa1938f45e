package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.HiCacheStorage;
import io.hicache.HitPolicy;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.pool.AsymmetricShape;
import io.hicache.pool.HostPool;
import io.hicache.pool.LogicalShape;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolShape;
import io.hicache.pool.PoolSlots;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Wrong slots, pools and transfers: refused by argument, value and rule, and never passed on. */
class GuardPoolArgumentsTest {
  private static final PoolName SWA = new PoolName("swa");
  private static final PoolName ANCHOR = new PoolName("anchor");
  private static final PoolSlots SLOTS = new PoolSlots(32, 4);
  private static final MhaShape SHAPE = new MhaShape(PageLayout.LAYER_FIRST, SLOTS, 2, 2, 16, 2);
  private static final List<PageKey> KEYS = List.of(new PageKey("a"), new PageKey("b"));

  private final ScriptedStorage backend = new ScriptedStorage(ScriptedStorage.ABLE);
  private final HiCacheStorage store = GuardedStorage.over("scripted", backend, Guarded.CONFIG);

  @BeforeEach
  void registerPools() {
    store.registerHostPool(HostPool.allocate(PoolName.KV, SHAPE));
    store.registerHostPool(HostPool.allocate(ANCHOR, new LogicalShape(SLOTS)));
    backend.events.clear();
  }

  @AfterEach
  void nothingCameThrough() {
    assertEquals(List.of(), backend.events);
  }

  @Test
  void slots_outsideThePool_areNamedWithTheRange() {
    assertMovesRefused("pool kv, slots[1] 32: must be 0 to 28", 0, 32);
    assertMovesRefused("pool kv, slots[0] -4: must be 0 to 28", -4, 0);
    assertMovesRefused(
        "pool kv, slots[1] 9223372036854775804: must be 0 to 28", 0, Long.MAX_VALUE - 3);
  }

  @Test
  void slots_insideAPage_areNamedWithThePageTokens() {
    assertMovesRefused("pool kv, slots[1] 6: must be a multiple of the page tokens 4", 0, 6);
  }

  @Test
  void slots_fewerOrMoreThanKeys_areCounted() {
    assertMovesRefused("pool kv, slots: 1 given, must be one for each of 2 keys", 0);
    assertMovesRefused("pool kv, slots: 3 given, must be one for each of 2 keys", 0, 4, 8);
    PoolTransfer question = PoolTransfer.asking(PoolName.KV, HitPolicy.TRAILING_PAGES, 2);
    assertRefused(
        "pool kv, slots: 0 given, must be one for each of 2 hashes",
        () -> store.batchGetV2(List.of(question)));
  }

  @Test
  void slots_ofAPoolWithoutMemory_keepTheSameRules() {
    assertRefused("pool anchor, slot 32: must be 0 to 28", () -> moveAnchor(0, 32));
    assertRefused(
        "pool anchor, slot 6: must be a multiple of the page tokens 4", () -> moveAnchor(0, 6));
    PoolTransfer question = PoolTransfer.asking(ANCHOR, HitPolicy.TRAILING_PAGES, 2);
    assertRefused(
        "pool anchor, slots: 0 given, must be one for each of 2 hashes",
        () -> store.batchSetV2(List.of(question)));
  }

  private void moveAnchor(long... slots) {
    store.batchSetV2(List.of(PoolTransfer.of(ANCHOR, KEYS, slots)));
  }

  @Test
  void slot_asTheTargetOfTwoPages_isNamed() {
    assertRefused(
        "pool kv, slot 8: must be the target of one page, but is of two",
        () -> store.batchGetV1(KEYS, new long[] {8, 8}));
  }

  @Test
  void key_ofTwoSlots_isNamed() {
    List<PageKey> twice = List.of(KEYS.getFirst(), KEYS.getFirst().in(SWA));
    assertRefused(
        "pool kv, key a: must be written from one slot, but is from two",
        () -> store.batchSetV1(twice, new long[] {8, 0}));
  }

  @Test
  void pool_thatIsNotRegistered_isNamedWithThoseThatAre() {
    String message = "pool swa: must be registered; registered are [anchor, kv]";
    List<PoolTransfer> swa = List.of(PoolTransfer.of(SWA, KEYS, new long[] {0, 4}));
    assertRefused(message, () -> store.batchGetV2(swa));
    assertRefused(message, () -> store.batchSetV2(swa));
    assertRefused(message, () -> store.batchExistsV2(KEYS, swa));
    HiCacheStorage none = GuardedStorage.over("scripted", backend, Guarded.CONFIG);
    String ofNone = "pool kv: must be registered; registered are []";
    assertRefused(ofNone, () -> none.batchGetV1(KEYS, new long[] {0, 4}));
    assertRefused(ofNone, () -> none.batchSetV1(KEYS, new long[] {0, 4}));
    assertRefused(ofNone, () -> none.batchExistsV2(KEYS, List.of()));
  }

  @Test
  void pool_ofTwoTransfers_isNamedWithItsPosition() {
    PoolTransfer kv = PoolTransfer.of(PoolName.KV, KEYS, new long[] {0, 4});
    String message = "transfers[1], pool kv: must be named by one transfer";
    assertRefused(message, () -> store.batchGetV2(List.of(kv, kv)));
    assertRefused(message, () -> store.batchSetV2(List.of(kv, kv)));
    assertRefused(message, () -> store.batchExistsV2(KEYS, List.of(kv, kv)));
  }

  @Test
  void pool_registeredTwice_isNamedAndTheFirstStays() {
    assertRefused(
        "pool kv: must be registered once, but is registered",
        () -> store.registerHostPool(HostPool.allocate(PoolName.KV, new LogicalShape(SLOTS))));
    assertMovesRefused("pool kv, slots[1] 32: must be 0 to 28", 0, 32);
  }

  @Test
  void pool_withoutAFlatPage_isNamedWithTheReason() {
    PoolShape shape = new AsymmetricShape(PageLayout.PAGE_FIRST, SLOTS, 2, 2, 16, 8, 2);
    assertRefused(
        "pool swa, head dims 16 and 8: a pool whose keys and values differ in size has no flat page",
        () -> store.registerHostPool(HostPool.allocate(SWA, shape)));
  }

  /** A pool refused by a closed storage is not in it: neither known, nor with buffers. */
  @Test
  void pool_registeredAfterClose_isRefusedByTheStorage() {
    store.close();
    backend.events.clear();
    HostPool swa = HostPool.allocate(SWA, SHAPE);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "storage is closed: REGISTER refused",
          assertThrows(IllegalStateException.class, () -> store.registerHostPool(swa))
              .getMessage());
    }
    assertRefused(
        "pool swa: must be registered; registered are [anchor, kv]",
        () -> store.batchExistsV2(KEYS, List.of(PoolTransfer.asking(SWA, HitPolicy.ALL_PAGES, 0))));
  }

  private void assertMovesRefused(String message, long... slots) {
    assertRefused(message, () -> store.batchGetV1(KEYS, slots));
    assertRefused(message, () -> store.batchSetV1(KEYS, slots));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
