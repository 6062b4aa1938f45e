package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.BatchResult;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch answers for each position, in the order asked, and no position harms another. */
interface BatchRules extends Rules {

  @Test
  default void batchOfNothing_answersNothing() {
    assertEquals(List.of(), tck().store().batchGet(List.of()).outcomes());
    assertEquals(List.of(), tck().store().batchSet(List.of()).outcomes());
    assertEquals(List.of(), tck().store().batchPresent(List.of()).outcomes());
    assertEquals(List.of(), tck().store().batchDelete(List.of()).outcomes());
  }

  @Test
  default void batch_ofOnePage_comesBackExact() {
    setThenGet(1, 4096);
  }

  @Test
  default void batch_of64Pages_comesBackExact() {
    setThenGet(64, 4096);
  }

  @Test
  default void batch_of128Pages_comesBackExact() {
    setThenGet(128, 64 << 10);
  }

  @Test
  default void batch_of1000Pages_comesBackExact() {
    setThenGet(1000, 300);
  }

  @Test
  default void batch_ofPagesOfAllSizes_comesBackExact() {
    int[] bytes = {1, 1 << 20, 7, 4096, 300_000, 4095, 1, 65_536, 2 << 20, 13};
    List<FencedPage> sources = new ArrayList<>();
    List<FencedPage> targets = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      sources.add(tck().pages().source(key("sizes", i), bytes[i]));
      targets.add(tck().pages().target(key("sizes", i), bytes[i]));
    }
    assertAll(DONE, tck().store().batchSet(pages(sources)));
    assertAll(DONE, tck().store().batchGet(pages(targets)));
    targets.forEach(target -> target.assertHolds(Content.of(target.key())));
  }

  @Test
  default void batchGet_inAnotherOrder_bringsEachPageToItsTarget() {
    List<PageKey> keys = keys("order", 100);
    tck().putAll(keys, 256);
    List<PageKey> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(1));
    List<FencedPage> targets = tck().pages().targets(shuffled, 256);
    assertAll(DONE, tck().store().batchGet(pages(targets)));
    targets.forEach(target -> target.assertHolds(Content.of(target.key())));
  }

  @Test
  default void batchGet_ofPresentAbsentAndWrongLength_answersInOrder() {
    List<PageKey> keys = keys("mixed", 60);
    List<FencedPage> targets = new ArrayList<>();
    List<Outcome> expected = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Outcome outcome = List.of(DONE, ABSENT, DONE, MISMATCH, ABSENT).get(i % 5);
      if (outcome != ABSENT) {
        tck().put(keys.get(i), 512);
      }
      targets.add(tck().pages().target(keys.get(i), outcome == MISMATCH ? 500 : 512));
      expected.add(outcome);
    }
    assertEquals(expected, tck().store().batchGet(pages(targets)).outcomes());
    for (int i = 0; i < targets.size(); i++) {
      if (expected.get(i) == DONE) {
        targets.get(i).assertHolds(Content.of(keys.get(i)));
      } else if (expected.get(i) == ABSENT) {
        targets.get(i).assertUntouched();
      }
    }
  }

  @Test
  default void batchGet_ofAbsentPagesAlone_leavesEveryTarget() {
    List<FencedPage> targets = tck().pages().targets(keys("absent", 64), 4096);
    assertAll(ABSENT, tck().store().batchGet(pages(targets)));
    targets.forEach(FencedPage::assertUntouched);
  }

  @Test
  default void batchGet_ofOneKeyManyTimes_fillsEachTarget() {
    PageKey twin = new PageKey("twin");
    tck().put(twin, 1000);
    List<FencedPage> targets = tck().pages().targets(Collections.nCopies(20, twin), 1000);
    assertAll(DONE, tck().store().batchGet(pages(targets)));
    targets.forEach(target -> target.assertHolds(Content.of(twin)));
  }

  @Test
  default void batchGet_ofOneKeyInTwoLengths_answersForEach() {
    PageKey twin = new PageKey("twin");
    tck().put(twin, 1000);
    FencedPage right = tck().pages().target(twin, 1000);
    FencedPage longer = tck().pages().target(twin, 1001);
    assertEquals(
        List.of(MISMATCH, DONE), tck().store().batchGet(pages(List.of(longer, right))).outcomes());
    right.assertHolds(Content.of(twin));
  }

  @Test
  default void batchSet_ofPresentAndNewPages_keepsThoseAndWritesThese() {
    List<PageKey> keys = keys("half", 40);
    List<FencedPage> sources = new ArrayList<>();
    List<Outcome> expected = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      boolean present = i % 3 == 0;
      if (present) {
        tck().put(keys.get(i), 512);
      }
      sources.add(tck().pages().source(keys.get(i), Content.of(keys.get(i), 1), 512));
      expected.add(present ? KEPT : DONE);
    }
    assertEquals(expected, tck().store().batchSet(pages(sources)).outcomes());
    for (int i = 0; i < keys.size(); i++) {
      tck().assertStored(keys.get(i), Content.of(keys.get(i), i % 3 == 0 ? 0 : 1), 512);
    }
  }

  @Test
  default void batchSet_ofOneValueInTwoPools_writesBoth() {
    PageKey kv = new PageKey("pooled");
    PageKey mamba = kv.in(KeyRules.MAMBA);
    tck().putAll(List.of(kv, mamba), 400);
    tck().assertStored(kv, 400);
    tck().assertStored(mamba, 400);
  }

  @Test
  default void batchSet_ofOneMemoryUnderTwoKeys_storesBoth() {
    PageKey first = new PageKey("first");
    PageKey second = new PageKey("second");
    FencedPage source = tck().pages().source(first, 1000);
    List<Page> pages = List.of(source.page(), new Page(second, source.page().parts()));
    assertAll(DONE, tck().store().batchSet(pages));
    tck().assertStored(first, 1000);
    tck().assertStored(second, Content.of(first), 1000);
  }

  private void setThenGet(int count, int bytes) {
    List<PageKey> keys = keys("batch", count);
    tck().putAll(keys, bytes);
    List<FencedPage> targets = tck().pages().targets(keys, bytes);
    assertAll(DONE, tck().store().batchGet(pages(targets)));
    targets.forEach(target -> target.assertHolds(Content.of(target.key())));
  }

  static void assertAll(Outcome outcome, BatchResult result) {
    assertEquals(StoreUnderTest.outcomes(result.size(), outcome), result.outcomes());
  }

  static List<Page> pages(List<FencedPage> fenced) {
    return fenced.stream().map(FencedPage::page).toList();
  }

  static PageKey key(String name, int index) {
    return new PageKey(name + '-' + index);
  }

  static List<PageKey> keys(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> key(name, i)).toList();
  }
}
