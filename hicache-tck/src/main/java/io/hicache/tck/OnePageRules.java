package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.CallOptions;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One page comes back whole and exact, or not at all. */
interface OnePageRules extends Rules {
  CallOptions OVERWRITE = CallOptions.DEFAULT.withOverwrite(true);
  PageKey ONE_PAGE =
      new PageKey("7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069");

  @Test
  default void get_absentPage_isAbsentAndLeavesTheTarget() {
    FencedPage target = tck().pages().target(ONE_PAGE, 1 << 16);
    assertEquals(ABSENT, tck().store().get(target.page()));
    target.assertUntouched();
  }

  @Test
  default void set_oneByte_comesBackExact() {
    setThenGet(1);
  }

  @Test
  default void set_sevenBytes_comeBackExact() {
    setThenGet(7);
  }

  @Test
  default void set_oneByteBelowABlock_comesBackExact() {
    setThenGet(4095);
  }

  @Test
  default void set_64KiB_comesBackExact() {
    setThenGet(64 << 10);
  }

  @Test
  default void set_1MiB_comesBackExact() {
    setThenGet(1 << 20);
  }

  @Test
  default void set_4MiB_comesBackExact() {
    setThenGet(4 << 20);
  }

  @Test
  default void set_alignedMemory_comesBackExact() {
    FencedPage source = tck().pages().aligned(ONE_PAGE, 64 << 10);
    source.fill(Content.of(ONE_PAGE));
    assertEquals(DONE, tck().store().set(source.page()));
    FencedPage target = tck().pages().aligned(ONE_PAGE, 64 << 10);
    assertEquals(DONE, tck().store().get(target.page()));
    target.assertHolds(Content.of(ONE_PAGE));
  }

  @Test
  default void set_sourceChangedAfterwards_storedWhatItWas() {
    FencedPage source = tck().pages().source(ONE_PAGE, 4096);
    assertEquals(DONE, tck().store().set(source.page()));
    source.fill(Content.of(ONE_PAGE, 1));
    tck().assertStored(ONE_PAGE, 4096);
  }

  @Test
  default void set_sourceFreedAfterwards_storedWhatItWas() {
    try (Arena own = Arena.ofShared()) {
      FencedPage source = new FencedPages(own).source(ONE_PAGE, 1 << 20);
      assertEquals(DONE, tck().store().set(source.page()));
    }
    tck().assertStored(ONE_PAGE, 1 << 20);
  }

  @Test
  default void set_readOnlySource_isStored() {
    FencedPage source = tck().pages().source(ONE_PAGE, 4096);
    HostPart readOnly = new HostPart(source.parts().getFirst().asReadOnly());
    assertEquals(DONE, tck().store().set(new Page(ONE_PAGE, List.of(readOnly))));
    tck().assertStored(ONE_PAGE, 4096);
  }

  @Test
  default void set_presentPage_isKeptAndTheFirstStays() {
    tck().put(ONE_PAGE, 4096);
    FencedPage other = tck().pages().source(ONE_PAGE, Content.of(ONE_PAGE, 1), 4096);
    assertEquals(KEPT, tck().store().set(other.page()));
    tck().assertStored(ONE_PAGE, 4096);
  }

  @Test
  default void set_overwritingPresentPage_replacesIt() {
    tck().put(ONE_PAGE, 4096);
    FencedPage other = tck().pages().source(ONE_PAGE, Content.of(ONE_PAGE, 1), 4096);
    boolean honoured =
        !tck().store().capabilities().ignored().contains(CallOptions.Field.OVERWRITE);
    assertEquals(honoured ? DONE : KEPT, tck().store().set(other.page(), OVERWRITE));
    tck().assertStored(ONE_PAGE, Content.of(ONE_PAGE, honoured ? 1 : 0), 4096);
  }

  @Test
  default void set_overwritingAbsentPage_isDone() {
    FencedPage source = tck().pages().source(ONE_PAGE, 4096);
    assertEquals(DONE, tck().store().set(source.page(), OVERWRITE));
    tck().assertStored(ONE_PAGE, 4096);
  }

  @Test
  default void set_ofLongerPage_replacesTheShorter() {
    tck().put(ONE_PAGE, 4096);
    tck().put(ONE_PAGE, Content.of(ONE_PAGE, 1), 8192);
    tck().assertStored(ONE_PAGE, Content.of(ONE_PAGE, 1), 8192);
  }

  @Test
  default void set_ofShorterPage_replacesTheLonger() {
    tck().put(ONE_PAGE, 4096);
    tck().put(ONE_PAGE, Content.of(ONE_PAGE, 1), 512);
    tck().assertStored(ONE_PAGE, Content.of(ONE_PAGE, 1), 512);
  }

  @Test
  default void get_longerTarget_isMismatchAndThePageStays() {
    tck().put(ONE_PAGE, 4096);
    assertEquals(MISMATCH, tck().store().get(tck().pages().target(ONE_PAGE, 4097).page()));
    tck().assertStored(ONE_PAGE, 4096);
  }

  @Test
  default void get_shorterTarget_isMismatchAndThePageStays() {
    tck().put(ONE_PAGE, 4096);
    assertEquals(MISMATCH, tck().store().get(tck().pages().target(ONE_PAGE, 4095).page()));
    tck().assertStored(ONE_PAGE, 4096);
  }

  @Test
  default void get_again_bringsBackTheSame() {
    tck().put(ONE_PAGE, 4096);
    for (int i = 0; i < 3; i++) {
      tck().assertStored(ONE_PAGE, 4096);
    }
  }

  @Test
  default void exists_tellsPresentFromAbsent() {
    assertFalse(tck().store().exists(ONE_PAGE));
    tck().put(ONE_PAGE, 4096);
    assertTrue(tck().store().exists(ONE_PAGE));
  }

  private void setThenGet(int bytes) {
    tck().put(ONE_PAGE, bytes);
    tck().assertStored(ONE_PAGE, bytes);
  }
}
