package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.StorageObserver;
import io.hicache.StorageStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the guard counts and tells of every call. */
class GuardObservationTest {
  private static final long BYTES = Guarded.PAGE_BYTES;

  private final List<StorageObserver.Call> heard = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Guarded guarded =
      Guarded.open(call -> {
        heard.add(call);
        threads.add(Thread.currentThread());
      });
  private final HiCacheStorage store = guarded.store();
  private final List<Page> pages = List.of(Guarded.page("a"), Guarded.page("b"), Guarded.page("c"));

  private StorageStats.Counts counts(Operation operation) {
    return store.stats().of(operation);
  }

  @Test
  void stats_ofAFreshStore_areEmpty() {
    assertEquals(new StorageStats(Map.of(), 0, 0), store.stats());
    assertEquals(0, counts(Operation.GET).latency().count());
  }

  @Test
  void stats_afterWrites_countOutcomesAndOnlyTheBytesWritten() {
    store.set(pages.get(0));
    store.batchSet(pages);

    StorageStats.Counts sets = counts(Operation.SET);
    assertEquals(2, sets.calls());
    assertEquals(Map.of(Outcome.DONE, 3L, Outcome.KEPT, 1L), sets.outcomes());
    assertEquals(4, sets.positions());
    assertEquals(3 * BYTES, store.stats().bytesWritten());
    assertEquals(0, store.stats().bytesRead());
  }

  @Test
  void stats_afterReads_countMissesAndOnlyTheBytesRead() {
    store.batchSet(pages.subList(0, 2));
    store.batchGet(pages);
    store.get(Page.of(pages.get(1).key(), Guarded.memory(7)));

    StorageStats.Counts gets = counts(Operation.GET);
    assertEquals(2, gets.calls());
    assertEquals(
        Map.of(Outcome.DONE, 2L, Outcome.ABSENT, 1L, Outcome.MISMATCH, 1L), gets.outcomes());
    assertEquals(2 * BYTES, store.stats().bytesRead());
  }

  @Test
  void stats_afterQuestions_countPresenceInEveryForm() {
    store.set(pages.get(0));
    store.exists(pages.get(0).key());
    store.exists(pages.get(1).key());
    store.batchPresent(List.of(pages.get(0).key(), pages.get(1).key()));
    store.batchExists(List.of(pages.get(0).key(), pages.get(1).key()));

    StorageStats.Counts asked = counts(Operation.PRESENT);
    assertEquals(4, asked.calls());
    assertEquals(Map.of(Outcome.DONE, 3L, Outcome.ABSENT, 3L), asked.outcomes());
    assertEquals(4, asked.latency().count());
  }

  @Test
  void stats_afterPresenceFailed_countFailuresAndNoAbsence() {
    guarded
        .backend()
        .on(name -> {
          throw new HiCacheException(FaultKind.UNAVAILABLE, "gone");
        });
    assertEquals(0, store.batchExists(pages.stream().map(Page::key).toList()));
    assertThrows(HiCacheException.class, () -> store.exists(pages.get(0).key()));

    assertEquals(Map.of(Outcome.FAILED_UNAVAILABLE, 4L), counts(Operation.PRESENT).outcomes());
  }

  @Test
  void stats_afterEveryKindOfCall_countEachOnce() {
    guarded.calls(pages.get(0)).values().forEach(Runnable::run);
    Map<Operation, Long> calls =
        Map.of(
            Operation.GET, 2L,
            Operation.SET, 2L,
            Operation.PRESENT, 3L,
            Operation.DELETE, 2L,
            Operation.WARM, 1L,
            Operation.LENGTH, 1L,
            Operation.REGISTER, 1L,
            Operation.CLEAR, 1L,
            Operation.INSPECT, 1L);
    calls.forEach(
        (operation, count) -> assertEquals(count, counts(operation).calls(), operation.name()));
    assertEquals(14, heard.size());
  }

  @Test
  void stats_whenTheBackendDies_countTheCallAsAFailure() {
    guarded
        .backend()
        .on(name -> {
          throw new AssertionError("out of memory, say");
        });
    assertThrows(AssertionError.class, () -> store.batchGet(pages));
    assertThrows(AssertionError.class, store::inspect);
    assertEquals(Map.of(Outcome.FAILED_INTERNAL, 3L), counts(Operation.GET).outcomes());
    assertEquals(Map.of(Outcome.FAILED_INTERNAL, 1L), counts(Operation.INSPECT).outcomes());
  }

  @Test
  void stats_fromManyThreads_loseNothing() {
    List<Background<Boolean>> workers =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(i ->
                Background.run(() -> {
                  for (int n = 0; n < 500; n++) {
                    store.set(Guarded.page("k" + i + "-" + n, Guarded.memory(1)));
                  }
                }))
            .toList();
    workers.forEach(Background::result);
    assertEquals(2000, counts(Operation.SET).calls());
    assertEquals(2000, counts(Operation.SET).of(Outcome.DONE));
    assertEquals(2000, counts(Operation.SET).latency().count());
    assertEquals(2000, store.stats().bytesWritten());
  }

  @Test
  void observer_hearsEachCallOnceOnTheCallersThread() {
    BatchResult result = store.batchSet(pages);
    Background<?> elsewhere = Background.start(() -> store.batchGet(pages));
    elsewhere.result();

    assertEquals(2, heard.size());
    StorageObserver.Call first = heard.get(0);
    assertEquals("scripted", first.backend());
    assertEquals(Operation.SET, first.operation());
    assertEquals(result, first.result());
    assertEquals(3 * BYTES, first.bytes());
    assertTrue(first.duration().isPositive());
    assertSame(Thread.currentThread(), threads.get(0));
    assertSame(elsewhere.thread(), threads.get(1));
  }

  @Test
  void observer_hearsOfTheWholeTimeInTheBackend() {
    AtomicInteger spins = new AtomicInteger();
    guarded
        .backend()
        .on(name -> {
          long end = System.nanoTime() + 3_000_000;
          while (System.nanoTime() - end < 0) {
            spins.incrementAndGet();
          }
        });
    store.inspect();
    assertTrue(heard.get(0).duration().compareTo(Duration.ofMillis(3)) >= 0);
    assertTrue(counts(Operation.INSPECT).latency().max().compareTo(Duration.ofMillis(3)) >= 0);
    assertEquals(heard.get(0).duration(), counts(Operation.INSPECT).latency().max());
  }

  @Test
  void observer_hearsOfFailuresAndNotOfRefusals() {
    guarded
        .backend()
        .on(name -> {
          throw new IllegalStateException("bug");
        });
    assertThrows(HiCacheException.class, () -> store.get(pages.get(0)));
    assertThrows(
        IllegalArgumentException.class, () -> store.batchSet(List.of(pages.get(0), pages.get(0))));
    assertEquals(1, heard.size());
    assertEquals(Outcome.FAILED_INTERNAL, heard.get(0).result().get(0));
    assertEquals(0, heard.get(0).bytes());
  }

  @Test
  void observer_thatThrows_changesNothingForTheCaller() {
    AtomicInteger asked = new AtomicInteger();
    Guarded loud =
        Guarded.open(call -> {
          asked.incrementAndGet();
          throw new IllegalStateException("the metrics are down");
        });
    assertEquals(Outcome.DONE, loud.store().set(pages.get(0)));
    assertTrue(loud.store().exists(pages.get(0).key()));
    assertEquals(2, asked.get());
    loud.store().close();
    assertEquals(1, loud.backend().count("close"));
  }
}
