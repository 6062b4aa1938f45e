package io.hicache.tck;

import static io.hicache.tck.Refusal.FRESH;
import static io.hicache.tck.Refusal.PRESENT;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.HitPolicy;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.RankCoordinates;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wrong slot, pool or transfer is refused before anything is read or written. */
interface BadSlotRules extends Rules {
  PoolName SWA = new PoolName("swa");

  @Test
  default void v1_ofASlotOutsideThePool_isRefused() {
    assertSlotsRefused(new long[] {0, 32}, "slots[1] 32", "0 to 28");
    assertSlotsRefused(new long[] {0, -4}, "slots[1] -4", "0 to 28");
    assertSlotsRefused(new long[] {0, Long.MAX_VALUE}, "slots[1] 9223372036854775807", "0 to 28");
  }

  @Test
  default void v1_ofASlotInsideAPage_isRefused() {
    assertSlotsRefused(new long[] {0, 5}, "slots[1] 5", "multiple", "4");
  }

  @Test
  default void v1_ofFewerOrMoreSlotsThanKeys_isRefused() {
    assertSlotsRefused(new long[] {0}, "slots", "1 given", "2");
    assertSlotsRefused(new long[] {0, 4, 8}, "slots", "3 given", "2");
  }

  @Test
  default void getV1_intoOneSlotTwice_isRefused() {
    FencedPool pool = SlotRules.opened(tck());
    Refusal.ofArgument(
        tck(),
        () -> tck().store().batchGetV1(List.of(PRESENT, FRESH), new long[] {8, 8}),
        "kv",
        "slot 8",
        "two");
    pool.check();
  }

  @Test
  default void setV1_ofOneKeyTwice_isRefused() {
    SlotRules.opened(tck());
    Refusal.ofArgument(
        tck(),
        () -> tck().store().batchSetV1(List.of(FRESH, FRESH), new long[] {8, 0}),
        "kv",
        "key fresh",
        "two");
  }

  @Test
  default void v1_withoutAPool_isRefused() {
    long[] slots = {0};
    Refusal.ofArgument(
        tck(), () -> tck().store().batchGetV1(List.of(PRESENT), slots), "pool kv", "registered");
    Refusal.ofArgument(
        tck(), () -> tck().store().batchSetV1(List.of(FRESH), slots), "pool kv", "registered");
  }

  @Test
  default void v2_ofAPoolThatIsNotRegistered_isRefused() {
    SlotRules.opened(tck());
    PoolTransfer kv = PoolTransfer.of(PoolName.KV, List.of(FRESH), new long[] {0});
    PoolTransfer swa = PoolTransfer.of(SWA, List.of(FRESH), new long[] {0});
    assertTransfersRefused(List.of(kv, swa), "pool swa", "registered");
  }

  @Test
  default void v2_ofOnePoolTwice_isRefused() {
    SlotRules.opened(tck());
    PoolTransfer kv = PoolTransfer.of(PoolName.KV, List.of(FRESH), new long[] {0});
    assertTransfersRefused(List.of(kv, kv), "transfers[1]", "pool kv", "one transfer");
  }

  @Test
  default void v2_ofAQuestionWithoutSlots_isRefusedAsAMove() {
    FencedPool swa = tck().pools().mha(SWA, PageLayout.LAYER_FIRST);
    SlotRules.opened(tck());
    tck().with(swa);
    List<PoolTransfer> transfers =
        List.of(
            PoolTransfer.of(PoolName.KV, List.of(FRESH), new long[] {0}),
            PoolTransfer.asking(SWA, HitPolicy.TRAILING_PAGES, 1));
    Refusal.ofArgument(
        tck(), () -> tck().store().batchSetV2(transfers), "pool swa", "slots", "0 given", "1");
    Refusal.ofArgument(
        tck(), () -> tck().store().batchGetV2(transfers), "pool swa", "slots", "0 given", "1");
  }

  @Test
  default void v2_ofASlotOutsideOnePool_movesNothingOfTheOthers() {
    FencedPool mamba = tck().pools().mamba();
    FencedPool kv = SlotRules.opened(tck());
    tck().with(mamba);
    List<PoolTransfer> transfers =
        List.of(
            PoolTransfer.of(PoolName.KV, List.of(FRESH), new long[] {0}),
            PoolTransfer.of(KeyRules.MAMBA, List.of(FRESH), new long[] {8}));
    Refusal.ofArgument(
        tck(), () -> tck().store().batchSetV2(transfers), "pool mamba", "slots[0] 8", "0 to 7");
    Refusal.ofArgument(
        tck(), () -> tck().store().batchGetV2(transfers), "pool mamba", "slots[0] 8", "0 to 7");
    kv.check();
    mamba.check();
  }

  @Test
  default void registerHostPool_ofOneNameTwice_isRefused() {
    FencedPool pool = SlotRules.opened(tck());
    Refusal.ofArgument(tck(), () -> tck().store().registerHostPool(pool.pool()), "pool kv", "once");
    FencedPool other = tck().pools().mha(PoolName.KV, PageLayout.PAGE_FIRST);
    Refusal.ofArgument(
        tck(), () -> tck().store().registerHostPool(other.pool()), "pool kv", "once");
  }

  @Test
  default void registerHostPool_ofOtherBytesOnEveryRankOfLatentAttention_isRefused() {
    tck().reopen(SlotRules.latent(tck(), 0).withRanks(RankCoordinates.SINGLE.withTp(0, 2)));
    FencedPool pool = tck().pools().mha(PoolName.KV, PageLayout.LAYER_FIRST);
    Refusal.ofArgument(
        tck(), () -> tck().store().registerHostPool(pool.pool()), "pool kv", "same bytes");
  }

  @Test
  default void poolCalls_afterClose_areRefusedAndTouchNothing() {
    FencedPool pool = SlotRules.opened(tck());
    FencedPool late = tck().pools().mha(SWA, PageLayout.LAYER_FIRST);
    tck().put(PRESENT, FencedPools.PAGE_BYTES);
    var store = tck().store();
    store.close();
    List<PageKey> keys = List.of(PRESENT);
    long[] slots = {0};
    List<PoolTransfer> transfers = List.of(PoolTransfer.of(PoolName.KV, keys, slots));
    assertThrows(IllegalStateException.class, () -> store.registerHostPool(late.pool()));
    assertThrows(IllegalStateException.class, () -> store.batchGetV1(keys, slots));
    assertThrows(IllegalStateException.class, () -> store.batchSetV1(keys, slots));
    assertThrows(IllegalStateException.class, () -> store.batchExistsV2(keys, List.of()));
    assertThrows(IllegalStateException.class, () -> store.batchGetV2(transfers));
    assertThrows(IllegalStateException.class, () -> store.batchSetV2(transfers));
    pool.check();
  }

  /** Asserts that a read and a write of two keys are refused, each before its first page moved. */
  private void assertSlotsRefused(long[] slots, String... words) {
    FencedPool pool = SlotRules.opened(tck());
    Refusal.ofArgument(
        tck(), () -> tck().store().batchGetV1(List.of(PRESENT, FRESH), slots), words);
    Refusal.ofArgument(
        tck(), () -> tck().store().batchSetV1(List.of(FRESH, PRESENT), slots), words);
    pool.check();
  }

  private void assertTransfersRefused(List<PoolTransfer> transfers, String... words) {
    Refusal.ofArgument(tck(), () -> tck().store().batchGetV2(transfers), words);
    Refusal.ofArgument(tck(), () -> tck().store().batchSetV2(transfers), words);
    Refusal.ofArgument(
        tck(), () -> tck().store().batchExistsV2(List.of(PRESENT), transfers), words);
  }
}
