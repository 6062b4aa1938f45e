package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_REFUSED;
import static io.hicache.Outcome.FAILED_TIMEOUT;
import static io.hicache.Outcome.SKIPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.Feature;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A deadline that has passed starts nothing more and says so; memory is quiet all the same. */
interface DeadlineRules extends Rules {
  CallOptions PASSED = CallOptions.DEFAULT.withDeadline(Duration.ZERO);
  CallOptions LONG_PASSED = CallOptions.DEFAULT.withDeadline(Duration.ofDays(-1));
  PageKey TIMED = new PageKey("timed-0");
  int TIMED_BYTES = 16 << 10;

  @Test
  default void batchGet_pastItsDeadline_startsNothing() {
    List<PageKey> keys = timedPages();
    for (CallOptions options : List.of(PASSED, LONG_PASSED)) {
      List<FencedPage> targets = tck().pages().targets(keys, TIMED_BYTES);
      assertNothingStarted(tck().store().batchGet(BatchRules.pages(targets), options));
      targets.forEach(FencedPage::assertUntouched);
    }
  }

  @Test
  default void batchSet_pastItsDeadline_storesNothing() {
    List<PageKey> keys = BatchRules.keys("timed", 8);
    List<FencedPage> sources = tck().pages().sources(keys, TIMED_BYTES);
    assertNothingStarted(tck().store().batchSet(BatchRules.pages(sources), PASSED));
    keys.forEach(tck()::assertAbsent);
  }

  @Test
  default void batchPresent_pastItsDeadline_asksNothing() {
    assertNothingStarted(tck().store().batchPresent(timedPages(), PASSED));
    assertEquals(0, tck().store().batchExists(BatchRules.keys("timed", 8), PASSED));
  }

  @Test
  default void batchDelete_pastItsDeadline_deletesNothing() {
    List<PageKey> keys = timedPages();
    BatchResult result = tck().store().batchDelete(keys, PASSED);
    if (tck().has(Feature.DELETES)) {
      assertNothingStarted(result);
    } else {
      BatchRules.assertAll(FAILED_REFUSED, result);
    }
    keys.forEach(key -> tck().assertStored(key, TIMED_BYTES));
  }

  @Test
  default void singleCalls_pastTheirDeadline_throwTimeout() {
    timedPages();
    HiCacheStorage store = tck().store();
    FencedPage target = tck().pages().target(TIMED, TIMED_BYTES);
    FencedPage source = tck().pages().source(new PageKey("fresh"), TIMED_BYTES);
    assertTimeout(() -> store.get(target.page(), PASSED));
    assertTimeout(() -> store.set(source.page(), PASSED));
    assertTimeout(() -> store.exists(TIMED, PASSED));
    target.assertUntouched();
    tck().assertAbsent(source.key());
  }

  @Test
  default void length_pastItsDeadline_throwsTimeoutWhereTheStoreCanTell() {
    timedPages();
    if (tck().has(Feature.TELLS_LENGTH)) {
      assertTimeout(() -> tck().store().length(TIMED, PASSED));
    } else {
      assertTrue(tck().store().length(TIMED, PASSED).isEmpty());
    }
  }

  @Test
  default void batchOfNothing_pastItsDeadline_answersNothing() {
    assertEquals(List.of(), tck().store().batchGet(List.of(), PASSED).outcomes());
    assertEquals(List.of(), tck().store().batchSet(List.of(), PASSED).outcomes());
  }

  @Test
  default void calls_beforeTheirDeadline_succeed() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    for (Duration wait : List.of(Duration.ofHours(1), longest)) {
      CallOptions options = CallOptions.DEFAULT.withDeadline(wait);
      PageKey key = new PageKey("in-time-" + wait.toSeconds());
      FencedPage target = tck().pages().target(key, TIMED_BYTES);
      FencedPage source = tck().pages().source(key, TIMED_BYTES);
      assertEquals(DONE, tck().store().set(source.page(), options));
      assertEquals(DONE, tck().store().get(target.page(), options));
      target.assertHolds(Content.of(key));
      assertTrue(tck().store().exists(key, options));
    }
  }

  @Test
  default void batchGet_thatItsDeadlineCuts_leavesEachPageWholeOrUntouched() {
    List<PageKey> keys = BatchRules.keys("timed", 64);
    tck().putAll(keys, TIMED_BYTES);
    List<FencedPage> targets = tck().pages().targets(keys, TIMED_BYTES);
    for (int micros = 1; micros < 20_000; micros *= 2) {
      targets.forEach(FencedPage::release);
      BatchResult result = tck().store().batchGet(BatchRules.pages(targets), inMicros(micros));
      assertCut(result);
      for (int i = 0; i < targets.size(); i++) {
        if (result.get(i) == DONE) {
          targets.get(i).assertHolds(Content.of(keys.get(i)));
        } else if (result.get(i) == SKIPPED) {
          targets.get(i).assertUntouched();
        }
      }
    }
  }

  @Test
  default void batchSet_thatItsDeadlineCuts_storesEachPageWholeOrNot() {
    for (int micros = 1; micros < 20_000; micros *= 4) {
      List<PageKey> keys = BatchRules.keys("cut-" + micros, 48);
      List<FencedPage> sources = tck().pages().sources(keys, TIMED_BYTES);
      BatchResult result = tck().store().batchSet(BatchRules.pages(sources), inMicros(micros));
      assertCut(result);
      for (int i = 0; i < keys.size(); i++) {
        assertStoredAs(result.get(i), keys.get(i));
      }
    }
  }

  private void assertStoredAs(Outcome outcome, PageKey key) {
    FencedPage target = tck().pages().target(key, TIMED_BYTES);
    Outcome read = tck().store().get(target.page());
    Set<Outcome> allowed =
        switch (outcome) {
          case DONE -> Set.of(DONE);
          case SKIPPED -> Set.of(ABSENT);
          default -> Set.of(DONE, ABSENT);
        };
    assertTrue(allowed.contains(read), () -> "set answered " + outcome + ", get " + read);
    if (read == DONE) {
      target.assertHolds(Content.of(key));
    }
  }

  private List<PageKey> timedPages() {
    List<PageKey> keys = BatchRules.keys("timed", 8);
    tck().putAll(keys, TIMED_BYTES);
    return keys;
  }

  private static CallOptions inMicros(int micros) {
    return CallOptions.DEFAULT.withDeadline(Duration.ofNanos(micros * 1000L));
  }

  private static void assertNothingStarted(BatchResult result) {
    assertTrue(result.count(FAILED_TIMEOUT) > 0, () -> "somebody must be told why: " + result);
    assertEquals(0, result.count(DONE), result::toString);
    assertCut(result);
    assertEquals(FaultKind.TIMEOUT, result.firstFailure().orElseThrow().kind());
  }

  /** Asserts the three ways in which a deadline leaves a position, and that a skip has a reason. */
  private static void assertCut(BatchResult result) {
    int known = result.count(DONE) + result.count(FAILED_TIMEOUT) + result.count(SKIPPED);
    assertEquals(result.size(), known, result::toString);
    assertTrue(
        result.count(SKIPPED) == 0 || result.count(FAILED_TIMEOUT) > 0,
        () -> "skipped for no reason: " + result);
  }

  private static void assertTimeout(Executable call) {
    assertEquals(FaultKind.TIMEOUT, assertThrows(HiCacheException.class, call).kind());
  }
}
