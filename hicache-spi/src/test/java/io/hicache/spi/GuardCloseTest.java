package io.hicache.spi;

import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.Region;
import io.hicache.Registration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Closing a store that answers: new calls refused, calls in flight waited for, all given up once.
 */
class GuardCloseTest {

  @Test
  void anyCall_afterClose_isRefusedBeforeTheBackend() {
    Guarded guarded = Guarded.open();
    guarded.store().close();
    List<String> before = List.copyOf(guarded.backend().events);

    assertAll(
        guarded.calls(Guarded.page("k")).entrySet().stream()
            .map(call ->
                () -> {
                  IllegalStateException e =
                      assertThrows(IllegalStateException.class, () -> call.getValue().run());
                  assertSays(e, "closed");
                }));

    assertEquals(before, guarded.backend().events);
  }

  @Test
  void statsAndCapabilities_afterClose_answerStill() {
    Guarded guarded = Guarded.open();
    guarded.store().set(Guarded.page("k"));
    guarded.store().close();

    assertEquals(Guarded.PAGE_BYTES, guarded.store().stats().bytesWritten());
    assertEquals(ScriptedStorage.ABLE, guarded.store().capabilities());
  }

  @Test
  void close_withCallInFlight_waitsForItAndRefusesNewOnesAtOnce() {
    Guarded guarded = Guarded.open();
    Pause pause = new Pause();
    guarded.backend().on(name -> pauseAt("batchGet", name, pause));
    Background<?> call =
        Background.start(() -> guarded.store().batchGet(List.of(Guarded.page("k"))));
    pause.awaitReached();

    Background<?> close = Background.run(guarded.store()::close).awaitBlocked();
    assertThrows(
        IllegalStateException.class, () -> guarded.store().exists(Guarded.page("k").key()));
    assertEquals(0, guarded.backend().count("close"));
    assertFalse(close.ended());

    pause.goOn();
    call.result();
    close.result();
    assertEquals(1, guarded.backend().count("close"));
    assertEquals(0, guarded.backend().trespasses.get());
  }

  @Test
  void close_twice_closesTheBackendOnce() {
    Guarded guarded = Guarded.open();
    guarded.store().close();
    guarded.store().close();
    assertEquals(1, guarded.backend().count("close"));
  }

  @Test
  void close_fromManyThreads_closesOnceAndReturnsToAllWhenDone() {
    Guarded guarded = Guarded.open();
    guarded.store().register(Region.of(Guarded.memory()));
    Pause pause = new Pause();
    guarded.backend().on(name -> pauseAt("close", name, pause));
    List<Background<Boolean>> closers =
        Stream.generate(() -> Background.run(guarded.store()::close)).limit(6).toList();
    pause.awaitReached();
    closers.forEach(Background::awaitBlocked);

    pause.goOn();
    closers.forEach(Background::result);
    assertEquals(1, guarded.backend().count("close"));
    assertEquals(1, guarded.backend().count("deregister " + Guarded.PAGE_BYTES));
  }

  @Test
  void close_withRegistrationsLeft_closesThemBeforeTheBackend() {
    Guarded guarded = Guarded.open();
    Registration first = guarded.store().register(Region.of(Guarded.memory(100)));
    guarded.store().register(Region.of(Guarded.memory(200)));
    first.close();
    guarded.store().close();
    first.close();

    assertEquals(
        List.of("register", "register", "deregister 100", "deregister 200", "close"),
        guarded.backend().events);
  }

  @Test
  void close_fromObserver_isRefused() {
    AtomicReference<HiCacheStorage> store = new AtomicReference<>();
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    Guarded guarded =
        Guarded.open(call ->
            refusal.set(assertThrows(IllegalStateException.class, () -> store.get().close())));
    store.set(guarded.store());

    assertEquals(Outcome.DONE, guarded.store().set(Guarded.page("k")));
    assertSays(refusal.get(), "inside");
    assertEquals(0, guarded.backend().count("close"));
    assertTrue(guarded.store().exists(Guarded.page("k").key()), "open after the refusal");
  }

  @Test
  void close_fromBackend_isRefused() {
    Guarded guarded = Guarded.open();
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    guarded
        .backend()
        .on(name -> refusal.set(assertThrows(IllegalStateException.class, guarded.store()::close)));
    guarded.store().inspect();
    assertSays(refusal.get(), "inside");
  }

  @Test
  void close_whenRegistrationFails_closesTheOthersAndTheBackendAndTellsAll() {
    Guarded guarded = Guarded.open();
    for (long bytes = 1; bytes <= 3; bytes++) {
      guarded.store().register(Region.of(Guarded.memory(bytes)));
    }
    guarded
        .backend()
        .on(name -> {
          throw new IllegalStateException("cannot " + name);
        });

    HiCacheException e = assertThrows(HiCacheException.class, guarded.store()::close);
    assertEquals(FaultKind.INTERNAL, e.kind());
    assertEquals(3, e.getSuppressed().length);
    assertEquals(
        List.of("close", "deregister 1", "deregister 2", "deregister 3"),
        guarded.backend().events.stream()
            .filter(event -> !event.equals("register"))
            .sorted()
            .toList());
    assertEquals("close", guarded.backend().events.getLast());
    guarded.store().close();
    assertEquals(1, guarded.backend().count("close"));
  }

  @Test
  void close_whenBackendThrows_saysWhichAndWhy() {
    Guarded guarded = Guarded.open();
    IllegalArgumentException cause = new IllegalArgumentException("bad socket");
    guarded
        .backend()
        .on(name -> {
          throw cause;
        });
    HiCacheException e = assertThrows(HiCacheException.class, guarded.store()::close);
    assertEquals(FaultKind.INTERNAL, e.kind());
    assertSays(e, "scripted");
    assertEquals(cause, e.getCause());
  }

  @Test
  void call_waitingForMemoryBeingGivenUp_isRefusedAsSoonAsTheStoreCloses() {
    Guarded guarded = Guarded.open();
    Page page = Guarded.page("k");
    Registration registration =
        guarded
            .store()
            .register(
                Region.of(
                    page.parts().get(0) instanceof io.hicache.HostPart host
                        ? host.segment()
                        : Guarded.memory()));
    Pause pause = new Pause();
    guarded.backend().on(name -> pauseAt("deregister " + Guarded.PAGE_BYTES, name, pause));
    Background<?> release = Background.run(registration::close);
    pause.awaitReached();
    Background<?> waiting = Background.start(() -> guarded.store().get(page)).awaitBlocked();

    Background<?> close = Background.run(guarded.store()::close);
    waiting.failure(IllegalStateException.class);
    assertFalse(close.ended());
    pause.goOn();
    release.result();
    close.result();
    assertEquals(0, guarded.backend().trespasses.get());
  }

  private static void pauseAt(String where, String name, Pause pause) {
    if (name.equals(where)) {
      pause.here();
    }
  }
}
