package io.hicache.pool;

import static io.hicache.pool.HostPoolTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.PageLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What shapes refuse, each with the argument, the value and the rule. */
class ShapeRulesTest {
  private static final PoolSlots SLOTS = new PoolSlots(32, 4);
  private static final PoolSlots STATES = new PoolSlots(5, 1);

  @Test
  void slots_thatAreNotWholePages_areRefused() {
    assertRefused("slots 30: must be a multiple of the page tokens 4", () -> new PoolSlots(30, 4));
    assertRefused("slots 0: must be at least 1", () -> new PoolSlots(0, 4));
    assertRefused("page tokens 0: must be at least 1", () -> new PoolSlots(32, 0));
    assertRefused(
        "ratio 0.0 of 32 device tokens: must be above 0 and their product below 2^62",
        () -> PoolSlots.ofRatio(32, 0, 4));
    assertRefused(
        "ratio NaN of 32 device tokens: must be above 0 and their product below 2^62",
        () -> PoolSlots.ofRatio(32, Double.NaN, 4));
    assertEquals(new PoolSlots(68, 4), PoolSlots.ofRatio(32, 2.0, 4));
  }

  @Test
  void numbers_belowOne_areRefused() {
    assertRefused("layers 0: must be at least 1", () -> mha(0, 2, 16, 2));
    assertRefused("heads -1: must be at least 1", () -> mha(2, -1, 16, 2));
    assertRefused("head dim 0: must be at least 1", () -> mha(2, 2, 0, 2));
    assertRefused("element bytes 0: must be at least 1", () -> mha(2, 2, 16, 0));
    assertRefused(
        "row elements 0: must be at least 1",
        () -> new MlaShape(PageLayout.LAYER_FIRST, SLOTS, 2, 0, 2));
    assertRefused(
        "temporal bytes -1: must not be negative",
        () -> new MambaShape(PageLayout.PAGE_FIRST, STATES, 2, -1, List.of(1L), List.of()));
    assertRefused(
        "states of a slot 0: must be at least 1",
        () -> new MambaShape(PageLayout.PAGE_FIRST, STATES, 2, 0, List.of(), List.of()));
    assertRefused("arrays 0: must be at least 1", () -> new SplitLatentShape(SLOTS, List.of()));
  }

  private static MhaShape mha(int layers, int heads, int dim, int element) {
    return new MhaShape(PageLayout.LAYER_FIRST, SLOTS, layers, heads, dim, element);
  }

  @Test
  void sizes_thatOverflow_areRefused() {
    PoolSlots many = new PoolSlots(1L << 52, 4);
    assertRefused(
        "half of a pool of 1125899906842624 × 524288 bytes: must be below 2^63 bytes",
        () -> new MhaShape(PageLayout.PAGE_FIRST, many, 64, 8, 128, 2));
    assertRefused(
        "pool of 1125899906842624 × 64 × 1048576 bytes: must be below 2^63 bytes",
        () -> new PagedRowsShape(PageLayout.PAGE_FIRST, many, 64, 1 << 20));
    assertRefused(
        "temporal_buffer of 4 × 4611686018427387904 bytes: must be below 2^63 bytes",
        () -> new MambaShape(PageLayout.PAGE_FIRST, STATES, 4, 1L << 62, List.of(), List.of()));
    assertRefused(
        "page of 2 × 2147483647 × 4 × 2147483647 × 4294967294 bytes: must be below 2^63 bytes",
        () -> mha(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 2));
  }

  @Test
  void pages_overTheLimit_areRefused() {
    assertRefused(
        "page of 2 × 64 × 4 × 1024 × 256 = 134217728 bytes: must be at most 67108864 bytes",
        () -> mha(64, 1024, 128, 2));
    assertRefused(
        "page of 67108865 bytes or more: must be at most 67108864 bytes",
        () ->
            new MambaShape(
                PageLayout.PAGE_FIRST, STATES, 1, (64L << 20) + 1, List.of(), List.of()));
  }

  @Test
  void layouts_thatAPoolDoesNotComeIn_areRefused() {
    assertRefused(
        "layout page_head: a latent pool must be layer_first, page_first or page_first_direct",
        () -> new MlaShape(PageLayout.PAGE_HEAD, SLOTS, 2, 32, 2));
    assertRefused(
        "layout layer_first: a pool of states must be page_first or page_first_direct",
        () -> new MambaShape(PageLayout.LAYER_FIRST, STATES, 2, 4, List.of(), List.of()));
    assertRefused(
        "layout page_head: a pool of unequal keys and values must be page_first or"
            + " page_first_direct",
        () -> new AsymmetricShape(PageLayout.PAGE_HEAD, SLOTS, 2, 2, 16, 8, 2));
    assertRefused(
        "page tokens 4: must be 1 in a pool of states",
        () -> new MambaShape(PageLayout.PAGE_FIRST, SLOTS, 2, 4, List.of(), List.of()));
  }

  @Test
  void parts_ofAPage_mustBeDividedEvenly() {
    assertRefused(
        "dcp size 3: must divide the page tokens 4",
        () -> new MlaShape(PageLayout.LAYER_FIRST, SLOTS, 2, 32, 2, 3));
    assertRefused(
        "head groups 3: must divide the 2 heads", () -> new UnifiedShape(SLOTS, 2, 2, 2, 3, 32));
  }

  @Test
  void replicated_isWhatEveryRankHolds() {
    assertEquals(true, new MlaShape(PageLayout.LAYER_FIRST, SLOTS, 2, 32, 2).replicated());
    assertEquals(true, new IndexerShape(PageLayout.LAYER_FIRST, SLOTS, 2, 32).replicated());
    assertEquals(false, mha(2, 2, 16, 2).replicated());
    assertEquals(
        false,
        new MambaShape(PageLayout.PAGE_FIRST, STATES, 2, 4, List.of(), List.of()).replicated());
  }
}
