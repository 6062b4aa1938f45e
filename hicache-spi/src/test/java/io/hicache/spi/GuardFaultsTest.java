package io.hicache.spi;

import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.Feature;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What a backend's faults and bugs come to: outcomes in a batch, exceptions of one kind elsewhere.
 */
class GuardFaultsTest {
  private final Guarded guarded = Guarded.open();
  private final ScriptedStorage backend = guarded.backend();
  private final HiCacheStorage store = guarded.store();
  private final List<Page> pages = List.of(Guarded.page("a"), Guarded.page("b"), Guarded.page("c"));
  private final List<PageKey> keys = pages.stream().map(Page::key).toList();

  private Map<String, Supplier<BatchResult>> batches() {
    return Map.of(
        "batchGet", () -> store.batchGet(pages),
        "batchSet", () -> store.batchSet(pages),
        "batchPresent", () -> store.batchPresent(keys),
        "batchDelete", () -> store.batchDelete(keys),
        "warm", () -> store.warm(keys));
  }

  private Map<String, Runnable> singles() {
    Map<String, Runnable> singles = new TreeMap<>(guarded.calls(pages.get(0)));
    batches().keySet().forEach(singles::remove);
    singles.remove("batchExists");
    return singles;
  }

  @Test
  void batch_whenBackendThrowsItsOwn_isInternalFailureThroughout() {
    IllegalStateException bug = new IllegalStateException("off by one");
    backend.on(name -> {
      throw bug;
    });
    batches()
        .forEach((name, batch) -> {
          BatchResult result = batch.get();
          assertEquals(BatchResult.all(3, Outcome.FAILED_INTERNAL), result, name);
          HiCacheException failure = result.firstFailure().orElseThrow();
          assertSame(bug, failure.getCause());
          assertSays(failure, "scripted", "off by one");
        });
    assertEquals(0, store.batchExists(keys));
  }

  @Test
  void batch_whenBackendThrowsAFault_isThatFailureThroughout() {
    for (FaultKind kind : FaultKind.values()) {
      HiCacheException fault = new HiCacheException(kind, "told so");
      backend.on(name -> {
        throw fault;
      });
      batches()
          .forEach((name, batch) -> {
            assertEquals(BatchResult.all(3, kind.outcome()), batch.get(), name);
            assertSame(fault, batch.get().firstFailure().orElseThrow());
          });
    }
  }

  @Test
  void batch_whenBackendAnswersAnotherSize_isInternalFailureThroughout() {
    for (int wrong : new int[] {0, 2, 4}) {
      backend.answer = result -> BatchResult.all(wrong, Outcome.DONE);
      batches()
          .forEach((name, batch) -> {
            BatchResult result = batch.get();
            assertEquals(BatchResult.all(3, Outcome.FAILED_INTERNAL), result, name);
            assertSays(
                result.firstFailure().orElseThrow(), "answered " + wrong + " positions of 3");
          });
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a backend without a checker of nulls may answer
  void batch_whenBackendAnswersNothing_isInternalFailureThroughout() {
    backend.answer = result -> null;
    batches()
        .forEach((name, batch) ->
            assertEquals(BatchResult.all(3, Outcome.FAILED_INTERNAL), batch.get(), name));
    backend.answer =
        result -> BatchResult.of(Arrays.asList(Outcome.DONE, null, Outcome.DONE), null);
    batches()
        .forEach((name, batch) ->
            assertEquals(BatchResult.all(3, Outcome.FAILED_INTERNAL), batch.get(), name));
  }

  @Test
  void batch_whenBackendGivesNoReason_saysThatItGaveNone() {
    backend.answer =
        result ->
            BatchResult.of(
                List.of(Outcome.DONE, Outcome.FAILED_TIMEOUT, Outcome.FAILED_INTERNAL), null);
    batches()
        .forEach((name, batch) -> {
          HiCacheException failure = batch.get().firstFailure().orElseThrow();
          assertEquals(FaultKind.TIMEOUT, failure.kind(), name);
          assertSays(failure, "scripted", "no reason");
        });
  }

  @Test
  void single_whenBackendThrowsItsOwn_isAnInternalFault() {
    backend.on(name -> {
      throw new IllegalArgumentException("a bug");
    });
    assertAll(
        singles().values().stream()
            .map(single ->
                () -> {
                  HiCacheException e = assertThrows(HiCacheException.class, single::run);
                  assertEquals(FaultKind.INTERNAL, e.kind());
                  assertSays(e, "scripted", "a bug");
                }));
  }

  @Test
  void single_whenBackendThrowsAFault_throwsThatFault() {
    for (FaultKind kind : FaultKind.values()) {
      HiCacheException fault = new HiCacheException(kind, "told so");
      backend.on(name -> {
        throw fault;
      });
      singles()
          .forEach((name, single) ->
              assertSame(fault, assertThrows(HiCacheException.class, single::run), name));
    }
  }

  @Test
  void single_whenBackendAnswersAFailureWithoutReason_throwsItsKind() {
    for (FaultKind kind : FaultKind.values()) {
      backend.answer = result -> BatchResult.all(1, kind.outcome());
      for (String name : List.of("get", "set", "exists", "delete")) {
        Runnable single = guarded.calls(pages.get(0)).getOrDefault(name, () -> {});
        assertEquals(kind, assertThrows(HiCacheException.class, single::run).kind(), name);
      }
    }
  }

  @Test
  void anyCall_whenBackendThrowsAnError_letsItThroughAndEnds() {
    backend.on(name -> {
      if (!name.equals("close")) {
        throw new AssertionError("the JVM is in trouble");
      }
    });
    guarded
        .calls(pages.get(0))
        .forEach((name, call) -> assertThrows(AssertionError.class, call::run, name));
    store.close();
    assertEquals(1, backend.count("close"));
  }

  @Test
  void batch_ofNoPages_neverReachesTheBackend() {
    BatchResult none = BatchResult.all(0, Outcome.DONE);
    assertEquals(none, store.batchGet(List.of()));
    assertEquals(none, store.batchSet(List.of()));
    assertEquals(none, store.batchPresent(List.of()));
    assertEquals(none, store.batchDelete(List.of()));
    assertEquals(none, store.warm(List.of()));
    assertEquals(0, store.batchExists(List.of()));
    assertEquals(List.of(), backend.events);
    assertTrue(store.batchGet(List.of()).firstFailure().isEmpty());
  }

  @Test
  void anyCall_aBackendLacksTheFeatureFor_isAnsweredWithoutIt() {
    Guarded plain =
        Guarded.open(ScriptedStorage.capabilities(EnumSet.noneOf(Feature.class), Optional.empty()));
    PageKey key = keys.get(0);
    assertEquals(BatchResult.all(3, Outcome.FAILED_REFUSED), plain.store().batchDelete(keys));
    HiCacheException e = assertThrows(HiCacheException.class, () -> plain.store().delete(key));
    assertEquals(FaultKind.REFUSED, e.kind());
    assertSays(e, "scripted", "cannot delete");
    assertEquals(BatchResult.all(3, Outcome.SKIPPED), plain.store().warm(keys));
    assertEquals(OptionalLong.empty(), plain.store().length(key));
    plain.store().clear();
    assertEquals(List.of(), plain.backend().events);
  }

  @Test
  void batchExists_behindAFailure_endsTheRunThere() {
    store.batchSet(pages);
    assertEquals(3, store.batchExists(keys));
    backend.answer =
        result ->
            BatchResult.of(
                List.of(Outcome.DONE, Outcome.FAILED_UNAVAILABLE, Outcome.DONE),
                new HiCacheException(FaultKind.UNAVAILABLE, "gone"));
    assertEquals(1, store.batchExists(keys));
  }
}
