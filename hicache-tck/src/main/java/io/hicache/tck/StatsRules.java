package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_TIMEOUT;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheStorage;
import io.hicache.Operation;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageObserver;
import io.hicache.StorageStats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was asked and how it ended is counted, and told to whoever listens, once. */
interface StatsRules extends Rules {
  PageKey COUNTED = new PageKey("counted");

  @Test
  default void stats_ofANewStore_areZero() {
    StorageStats stats = tck().store().stats();
    assertEquals(Map.of(), stats.operations());
    assertEquals(0, stats.bytesRead() + stats.bytesWritten());
  }

  @Test
  default void stats_countOutcomesCallsAndBytes() {
    makeOneCallOfEach(tck().store());
    StorageStats stats = tck().store().stats();
    assertEquals(Map.of(DONE, 2L, KEPT, 1L), stats.of(Operation.SET).outcomes());
    assertEquals(2, stats.of(Operation.SET).calls());
    assertEquals(1500, stats.bytesWritten());
    assertEquals(Map.of(DONE, 1L, ABSENT, 1L, MISMATCH, 1L), stats.of(Operation.GET).outcomes());
    assertEquals(1, stats.of(Operation.GET).calls());
    assertEquals(1, stats.of(Operation.GET).latency().count());
    assertEquals(1000, stats.bytesRead());
    assertEquals(Map.of(DONE, 1L, ABSENT, 1L), stats.of(Operation.PRESENT).outcomes());
  }

  @Test
  default void stats_tellAFailureFromAnAbsence() {
    List<PageKey> keys = BatchRules.keys("counted", 4);
    tck().store().batchExists(keys, DeadlineRules.PASSED);
    StorageStats.Counts counts = tck().store().stats().of(Operation.PRESENT);
    assertEquals(0, counts.of(ABSENT));
    assertTrue(counts.of(FAILED_TIMEOUT) > 0, counts::toString);
  }

  @Test
  default void stats_ofRefusedCalls_stayZero() {
    FencedPage target = tck().pages().target(COUNTED, 64);
    List<Page> twice = List.of(target.page(), target.page());
    assertThrows(IllegalArgumentException.class, () -> tck().store().batchGet(twice));
    assertEquals(Map.of(), tck().store().stats().operations());
  }

  @Test
  default void observer_hearsOfEachCallOnce() {
    List<StorageObserver.Call> heard = Collections.synchronizedList(new ArrayList<>());
    HiCacheStorage store = tck().open(tck().config().with(StorageObserver.class, heard::add));
    makeOneCallOfEach(store);
    List<Operation> operations = heard.stream().map(StorageObserver.Call::operation).toList();
    assertEquals(
        List.of(Operation.SET, Operation.SET, Operation.GET, Operation.PRESENT), operations);
    StorageObserver.Call get = heard.get(2);
    assertEquals(tck().backend(), get.backend());
    assertEquals(List.of(DONE, ABSENT, MISMATCH), get.result().outcomes());
    assertEquals(1000, get.bytes());
  }

  @Test
  default void observerThatThrows_harmsNoCall() {
    StorageObserver throwing =
        call -> {
          throw new IllegalStateException("a listener's own trouble");
        };
    makeOneCallOfEach(tck().open(tck().config().with(StorageObserver.class, throwing)));
  }

  /** Two sets (DONE, then DONE and KEPT), a read (DONE, ABSENT, MISMATCH), presence of two. */
  private void makeOneCallOfEach(HiCacheStorage store) {
    PageKey second = new PageKey("second");
    PageKey gone = new PageKey("gone");
    FencedPages pages = tck().pages();
    assertEquals(DONE, store.set(pages.source(COUNTED, 1000).page()));
    List<FencedPage> sources = List.of(pages.source(second, 500), pages.source(COUNTED, 1000));
    assertEquals(List.of(DONE, KEPT), store.batchSet(BatchRules.pages(sources)).outcomes());
    List<FencedPage> targets =
        List.of(pages.target(COUNTED, 1000), pages.target(gone, 1000), pages.target(second, 400));
    assertEquals(
        List.of(DONE, ABSENT, MISMATCH), store.batchGet(BatchRules.pages(targets)).outcomes());
    assertEquals(List.of(DONE, ABSENT), store.batchPresent(List.of(COUNTED, gone)).outcomes());
  }
}
