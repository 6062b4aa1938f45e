package io.hicache.spi;

import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.Region;
import io.hicache.Registration;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Closing a store one of whose calls does not come back in time. */
class GuardCloseTimeoutTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  private final Guarded guarded = Guarded.open(ScriptedStorage.closingWithin(SHORT));
  private final ScriptedStorage backend = guarded.backend();
  private final Pause pause = new Pause();
  private final MemorySegment used = Guarded.memory(100);
  private final MemorySegment unused = Guarded.memory(200);

  private Background<BatchResult> hungGet() {
    backend.on(name -> {
      if (name.equals("batchGet")) {
        pause.here();
      }
    });
    Background<BatchResult> call =
        Background.start(() -> guarded.store().batchGet(List.of(Guarded.page("k", used))));
    pause.awaitReached();
    return call;
  }

  @Test
  void close_whenCallOutlastsIt_throwsTimeoutThatNamesTheCall() {
    Background<?> call = hungGet();
    HiCacheException e = assertThrows(HiCacheException.class, guarded.store()::close);
    pause.goOn();
    call.result();

    assertEquals(FaultKind.TIMEOUT, e.kind());
    assertSays(e, "scripted", SHORT.toString(), "GET of 1 pages", "thread background");
  }

  @Test
  void close_whenCallOutlastsIt_leavesThatCallsRegistrationsToItsEnd() {
    guarded.store().register(Region.of(used));
    guarded.store().register(Region.of(unused));
    Background<BatchResult> call = hungGet();

    assertThrows(HiCacheException.class, guarded.store()::close);
    assertEquals(0, backend.count("deregister 100"));
    assertEquals(1, backend.count("deregister 200"));
    assertEquals(0, backend.count("close"));
    assertThrows(IllegalStateException.class, guarded.store()::inspect);

    pause.goOn();
    assertEquals(Outcome.ABSENT, call.result().get(0));
    assertEquals(
        List.of("deregister 100", "close"),
        backend.events.subList(backend.events.size() - 2, backend.events.size()));
    assertEquals(0, backend.trespasses.get());
  }

  @Test
  void close_againAfterTimeout_waitsAgainAndClosesOnce() {
    Background<BatchResult> call = hungGet();
    assertThrows(HiCacheException.class, guarded.store()::close);
    assertThrows(HiCacheException.class, guarded.store()::close);
    pause.goOn();
    call.result();
    guarded.store().close();
    assertEquals(1, backend.count("close"));
  }

  @Test
  void registration_closedAfterTimeout_waitsForTheCallAndIsClosedOnce() {
    Registration registration = guarded.store().register(Region.of(used));
    Background<BatchResult> call = hungGet();
    assertThrows(HiCacheException.class, guarded.store()::close);
    Background<?> release = Background.run(registration::close).awaitBlocked();
    assertEquals(0, backend.count("deregister 100"));

    pause.goOn();
    call.result();
    release.result();
    guarded.store().close();
    assertEquals(1, backend.count("deregister 100"));
    assertEquals(1, backend.count("close"));
    assertEquals(0, backend.trespasses.get());
  }

  @Test
  void lastCallOut_whenBackendFailsToClose_answersItsCallerAsUsual() {
    Background<BatchResult> call = hungGet();
    assertThrows(HiCacheException.class, guarded.store()::close);
    backend.on(name -> {
      if (name.equals("close")) {
        throw new IllegalStateException("cannot close");
      }
    });
    pause.goOn();
    assertEquals(Outcome.ABSENT, call.result().get(0));
    assertEquals(1, backend.count("close"));
  }

  @Test
  void lastCallOut_withManyOutlasting_isTheOneThatCloses() {
    backend.on(name -> {
      if (name.equals("batchPresent")) {
        pause.here();
      }
    });
    List<Background<BatchResult>> calls =
        IntStream.range(0, 40)
            .mapToObj(i ->
                Background.start(
                    () -> guarded.store().batchPresent(List.of(Guarded.page("k" + i).key()))))
            .toList();
    calls.forEach(Background::awaitBlocked);

    HiCacheException e = assertThrows(HiCacheException.class, guarded.store()::close);
    assertEquals(FaultKind.TIMEOUT, e.kind());
    pause.goOn();
    calls.forEach(Background::result);
    assertEquals(1, backend.count("close"));
    assertEquals(0, backend.trespasses.get());
  }

  /** A call on its way to being refused is for a moment in flight as well, and must not be lost. */
  @Test
  void lastCallOut_whileAnotherIsBeingRefused_leavesTheClosingToIt() {
    CallGate gate = new CallGate();
    Lifecycle lifecycle = lifecycle(gate);
    CallRunner runner = new CallRunner("scripted", gate, lifecycle, Guarded.CONFIG);
    Background<?> outlasting =
        Background.start(() -> runner.batch(Operation.PRESENT, 1, () -> paused()));
    pause.awaitReached();
    Pause onTheWay = new Pause();
    Pause releasing = new Pause();
    Background<?> release = Background.run(() -> gate.release(Region.of(used), releasing::here));
    releasing.awaitReached();
    List<Page> slow = slowToLookAt(Guarded.page("k", used), onTheWay);
    Background<?> refused =
        Background.start(
            () -> runner.batch(Operation.GET, slow, () -> BatchResult.all(1, Outcome.DONE)));
    onTheWay.awaitReached();

    assertThrows(HiCacheException.class, lifecycle::close);
    pause.goOn();
    outlasting.result();
    assertFalse(refused.ended());
    onTheWay.goOn();
    refused.failure(IllegalStateException.class);
    assertEquals(1, backend.count("close"));
    releasing.goOn();
    release.result();
  }

  private Lifecycle lifecycle(CallGate gate) {
    return new Lifecycle("scripted", backend, gate, Optional.of(SHORT));
  }

  private BatchResult paused() {
    pause.here();
    return BatchResult.all(1, Outcome.DONE);
  }

  private static List<Page> slowToLookAt(Page page, Pause pause) {
    return new AbstractList<>() {
      @Override
      public Page get(int index) {
        pause.here();
        return page;
      }

      @Override
      public int size() {
        return 1;
      }
    };
  }
}
