package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.DevicePart;
import io.hicache.FaultKind;
import io.hicache.Feature;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Memory made known: given up once, never under a call, and never while a call comes in. */
class GuardRegistrationTest {
  private final MemorySegment memory = Guarded.memory(4 * Guarded.PAGE_BYTES);
  private final Guarded guarded = Guarded.open();
  private final ScriptedStorage backend = guarded.backend();
  private final Pause pause = new Pause();

  private Page pageAt(int index) {
    long bytes = Guarded.PAGE_BYTES;
    return Guarded.page("k" + index, memory.asSlice(index * bytes, bytes));
  }

  private void pauseAt(String where) {
    backend.on(name -> {
      if (name.equals(where)) {
        pause.here();
      }
    });
  }

  @Test
  void close_twice_deregistersOnce() {
    Registration registration = guarded.store().register(Region.of(memory));
    registration.close();
    registration.close();
    assertEquals(1, backend.count("deregister 256"));
  }

  @Test
  void register_sameAndNestedMemory_countsEachHandle() {
    Registration all = guarded.store().register(Region.of(memory));
    Registration again = guarded.store().register(Region.of(memory));
    Registration inner = guarded.store().register(Region.of(memory.asSlice(64, 64)));
    assertEquals(3, backend.count("register"));

    again.close();
    inner.close();
    assertEquals(List.of("deregister 256", "deregister 64"), backend.events.subList(3, 5));
    assertEquals(Region.of(memory), all.region());
    all.close();
    assertEquals(2, backend.count("deregister 256"));
  }

  @Test
  void close_whileACallUsesTheMemory_waitsForIt() {
    Registration registration = guarded.store().register(Region.of(memory));
    pauseAt("batchSet");
    Background<?> call = Background.start(() -> guarded.store().set(pageAt(3)));
    pause.awaitReached();
    Background<?> close = Background.run(registration::close).awaitBlocked();
    assertEquals(0, backend.count("deregister 256"));

    pause.goOn();
    call.result();
    close.result();
    assertEquals("deregister 256", backend.events.getLast());
  }

  @Test
  void close_whileACallUsesOtherMemory_doesNotWait() {
    Registration registration = guarded.store().register(Region.of(memory.asSlice(0, 64)));
    pauseAt("batchSet");
    Background<?> call = Background.start(() -> guarded.store().set(pageAt(1)));
    pause.awaitReached();
    registration.close();
    assertEquals(1, backend.count("deregister 64"));
    pause.goOn();
    call.result();
  }

  @Test
  void call_onMemoryBeingGivenUp_waitsUntilItIs() {
    Registration registration = guarded.store().register(Region.of(memory));
    pauseAt("deregister 256");
    Background<?> close = Background.run(registration::close);
    pause.awaitReached();
    Background<Outcome> call =
        Background.start(() -> guarded.store().set(pageAt(0))).awaitBlocked();
    assertEquals(0, backend.count("batchSet"));

    pause.goOn();
    assertEquals(Outcome.DONE, call.result());
    close.result();
    assertEquals(List.of("deregister 256", "batchSet"), backend.events.subList(1, 3));
  }

  @Test
  void call_onOtherMemoryWhileSomeIsGivenUp_doesNotWait() {
    Registration registration = guarded.store().register(Region.of(memory.asSlice(0, 64)));
    pauseAt("deregister 64");
    Background<?> close = Background.run(registration::close);
    pause.awaitReached();
    assertEquals(Outcome.DONE, guarded.store().set(pageAt(1)));
    assertEquals(Outcome.DONE, guarded.store().set(Guarded.page("elsewhere")));
    pause.goOn();
    close.result();
  }

  @Test
  void close_fromObserver_isRefused() {
    AtomicReference<Registration> registration = new AtomicReference<>();
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    Guarded observed =
        Guarded.open(call -> {
          Optional.ofNullable(registration.get())
              .ifPresent(
                  known -> refusal.set(assertThrows(IllegalStateException.class, known::close)));
        });
    registration.set(observed.store().register(Region.of(memory)));
    observed.store().inspect();
    assertSays(refusal.get(), "256", "inside");
    assertEquals(0, observed.backend().count("deregister 256"));
  }

  @Test
  void close_whenBackendThrows_isAFaultAndNotTriedAgain() {
    Registration registration = guarded.store().register(Region.of(memory));
    backend.on(name -> {
      throw new IllegalStateException("pinned by a ghost");
    });
    HiCacheException e = assertThrows(HiCacheException.class, registration::close);
    assertEquals(FaultKind.INTERNAL, e.kind());
    assertSays(e, "deregister", "scripted", "ghost");
    registration.close();
    backend.on(name -> {});
    guarded.store().close();
    assertEquals(1, backend.count("deregister 256"));
  }

  @Test
  void call_afterDeregistrationFailed_isLetIn() {
    Registration registration = guarded.store().register(Region.of(memory));
    backend.on(name -> {
      throw new IllegalStateException("no");
    });
    assertThrows(HiCacheException.class, registration::close);
    backend.on(name -> {});
    assertEquals(Outcome.DONE, guarded.store().set(pageAt(0)));
  }

  @Test
  void register_whenBackendFails_throwsAndLeavesNothingToClose() {
    HiCacheException full = new HiCacheException(FaultKind.REFUSED, "pins used up");
    backend.on(name -> {
      throw full;
    });
    assertEquals(
        full,
        assertThrows(HiCacheException.class, () -> guarded.store().register(Region.of(memory))));
    backend.on(name -> {});
    guarded.store().close();
    assertEquals(List.of("register", "close"), backend.events);
  }

  @Test
  void register_racingClose_isEitherRefusedOrClosed() {
    for (int round = 0; round < 200; round++) {
      Guarded each = Guarded.open();
      Background<Boolean> registering =
          Background.start(() -> {
            try {
              each.store().register(Region.of(memory));
              return true;
            } catch (IllegalStateException refused) {
              return false;
            }
          });
      each.store().close();
      boolean registered = registering.result();
      assertEquals(registered ? 1 : 0, each.backend().count("deregister 256"));
      assertEquals(registered ? 1 : 0, each.backend().count("register"));
      assertEquals(0, each.backend().trespasses.get());
    }
  }

  @Test
  void registration_closedWhileTheStoreCloses_isClosedOnceBeforeTheBackend() {
    for (int round = 0; round < 200; round++) {
      Guarded each = Guarded.open();
      Registration registration = each.store().register(Region.of(memory));
      Background<?> closing = Background.run(registration::close);
      each.store().close();
      closing.result();
      assertEquals(List.of("register", "deregister 256", "close"), each.backend().events);
    }
  }

  @Test
  void register_memoryOutOfReach_isRefusedBeforeTheBackend() {
    try (Arena confined = Arena.ofConfined()) {
      assertRefused(
          () -> guarded.store().register(Region.of(confined.allocate(32))), "32 bytes", "confined");
    }
    MemorySegment gone;
    try (Arena shared = Arena.ofShared()) {
      gone = shared.allocate(48);
    }
    assertRefused(() -> guarded.store().register(Region.of(gone)), "48 bytes", "closed");
    Guarded hostOnly =
        Guarded.open(ScriptedStorage.capabilities(EnumSet.noneOf(Feature.class), Optional.empty()));
    assertRefused(
        () -> hostOnly.store().register(new Region.Device(0, 4096, 7)), "7 bytes", "device memory");
    assertEquals(List.of(), backend.events);
    assertEquals(List.of(), hostOnly.backend().events);
  }

  @Test
  void close_ofDeviceMemory_waitsForCallsOnIt() {
    Registration registration = guarded.store().register(new Region.Device(0, 4000, 97));
    pauseAt("batchGet");
    Background<?> call = Background.start(() -> guarded.store().get(devicePage(0, 4096)));
    pause.awaitReached();
    Background<?> close = Background.run(registration::close).awaitBlocked();
    assertEquals(0, backend.count("deregister 97"));
    pause.goOn();
    call.result();
    close.result();
    assertEquals(1, backend.count("deregister 97"));
  }

  @Test
  void close_ofDeviceMemory_doesNotWaitForOtherDevicesNorForTheNextByte() {
    Registration other = guarded.store().register(new Region.Device(1, 4096, 100));
    Registration before = guarded.store().register(new Region.Device(0, 4000, 96));
    pauseAt("batchGet");
    Background<?> call = Background.start(() -> guarded.store().get(devicePage(0, 4096)));
    pause.awaitReached();
    other.close();
    before.close();
    assertFalse(call.ended());
    pause.goOn();
    call.result();
  }

  private static Page devicePage(int ordinal, long address) {
    return new Page(new PageKey("d"), List.of(new DevicePart(ordinal, address, 64)));
  }
}
