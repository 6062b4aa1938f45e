package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.Region;
import io.hicache.Registration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a thread's interrupt flag, before, in and after a call. */
class GuardInterruptTest {

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void anyCall_withTheFlagSet_worksAndSetsItAgain() {
    Guarded guarded = Guarded.open();
    List<String> interruptedIn = flagsSeen(guarded);

    assertAll(
        guarded.calls(Guarded.page("k")).entrySet().stream()
            .map(call ->
                () -> {
                  Thread.currentThread().interrupt();
                  call.getValue().run();
                  assertTrue(Thread.interrupted(), call.getKey() + " lost the interrupt");
                }));

    assertEquals(List.of(), interruptedIn);
    assertEquals(14, guarded.backend().events.size());
  }

  @Test
  void anyCall_withTheFlagClear_leavesItClear() {
    Guarded guarded = Guarded.open();
    guarded
        .calls(Guarded.page("k"))
        .forEach((name, call) -> {
          call.run();
          assertFalse(Thread.currentThread().isInterrupted(), name);
        });
  }

  @Test
  void call_interruptedInside_showsItToTheBackendAndTheCaller() {
    Guarded guarded = Guarded.open();
    List<String> interruptedIn = flagsSeen(guarded);
    guarded.backend().answer =
        result -> {
          Thread.currentThread().interrupt();
          interruptedIn.add("after: " + Thread.currentThread().isInterrupted());
          return result;
        };
    assertEquals(Outcome.DONE, guarded.store().set(Guarded.page("k")));
    assertTrue(Thread.interrupted());
    assertEquals(List.of("after: true"), interruptedIn);
  }

  @Test
  void call_thatFailsWithTheFlagSet_setsItAgain() {
    Guarded guarded = Guarded.open();
    guarded
        .backend()
        .on(name -> {
          throw new IllegalStateException("bug");
        });
    Thread.currentThread().interrupt();
    assertThrows(HiCacheException.class, () -> guarded.store().get(Guarded.page("k")));
    assertTrue(Thread.interrupted());
  }

  @Test
  void call_refusedWithTheFlagSet_leavesItSet() {
    Guarded guarded = Guarded.open();
    guarded.store().close();
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, () -> guarded.store().get(Guarded.page("k")));
    assertTrue(Thread.interrupted());
  }

  @Test
  void close_withTheFlagSet_worksOnAClearOneAndSetsItAgain() {
    Guarded guarded = Guarded.open();
    Registration registration = guarded.store().register(Region.of(Guarded.memory()));
    guarded.store().register(Region.of(Guarded.memory()));
    List<String> interruptedIn = flagsSeen(guarded);

    Thread.currentThread().interrupt();
    registration.close();
    assertTrue(Thread.currentThread().isInterrupted());
    guarded.store().close();
    assertTrue(Thread.interrupted());
    assertEquals(List.of(), interruptedIn);
    assertEquals(1, guarded.backend().count("close"));
  }

  @Test
  void close_interruptedWhileItWaits_waitsOnAndSetsTheFlagAgain() {
    Guarded guarded = Guarded.open();
    Pause pause = new Pause();
    guarded
        .backend()
        .on(name -> {
          if (name.equals("inspect")) {
            pause.here();
          }
        });
    Background<?> call = Background.start(guarded.store()::inspect);
    pause.awaitReached();
    Background<Boolean> close =
        Background.start(() -> {
          guarded.store().close();
          return Thread.currentThread().isInterrupted();
        });
    close.awaitBlocked().thread().interrupt();
    List<String> interruptedIn = flagsSeen(guarded);
    pause.goOn();
    call.result();
    assertTrue(close.result());
    assertEquals(List.of(), interruptedIn);
  }

  @Test
  void call_interruptedWhileItWaitsForMemory_worksAndSetsTheFlagAgain() {
    Guarded guarded = Guarded.open();
    var memory = Guarded.memory();
    Registration registration = guarded.store().register(Region.of(memory));
    Pause pause = new Pause();
    List<String> interruptedIn = new CopyOnWriteArrayList<>();
    guarded
        .backend()
        .on(name -> {
          if (name.startsWith("deregister")) {
            pause.here();
          } else if (Thread.currentThread().isInterrupted()) {
            interruptedIn.add(name);
          }
        });
    Background<?> release = Background.run(registration::close);
    pause.awaitReached();
    Background<Boolean> call =
        Background.start(() -> {
          assertEquals(Outcome.DONE, guarded.store().set(Guarded.page("k", memory)));
          return Thread.currentThread().isInterrupted();
        });
    call.awaitBlocked().thread().interrupt();
    pause.goOn();
    release.result();
    assertTrue(call.result());
    assertEquals(List.of(), interruptedIn);
  }

  @Test
  void lastCallOut_withTheFlagSet_closesTheBackendOnAClearOne() {
    Guarded guarded = Guarded.open(ScriptedStorage.closingWithin(Duration.ofMillis(2)));
    Pause pause = new Pause();
    guarded
        .backend()
        .on(name -> {
          if (name.equals("inspect")) {
            pause.here();
          }
        });
    Background<Boolean> call =
        Background.start(() -> {
          Thread.currentThread().interrupt();
          guarded.store().inspect();
          return Thread.currentThread().isInterrupted();
        });
    pause.awaitReached();
    assertThrows(HiCacheException.class, guarded.store()::close);
    List<String> interruptedIn = flagsSeen(guarded);
    pause.goOn();
    assertTrue(call.result());
    assertEquals(1, guarded.backend().count("close"));
    assertEquals(List.of(), interruptedIn);
  }

  @Test
  void call_onVirtualThread_keepsTheFlagAsOnAnyOther() throws InterruptedException {
    Guarded guarded = Guarded.open();
    List<String> interruptedIn = flagsSeen(guarded);
    List<Boolean> after = new CopyOnWriteArrayList<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              guarded.store().set(Guarded.page("k"));
              after.add(Thread.currentThread().isInterrupted());
            });
    assertTrue(thread.join(Duration.ofSeconds(20)));
    assertEquals(List.of(true), after);
    assertEquals(List.of(), interruptedIn);
  }

  /** The names of the backend's methods that were entered with the flag set. */
  private static List<String> flagsSeen(Guarded guarded) {
    List<String> seen = new CopyOnWriteArrayList<>();
    guarded
        .backend()
        .on(name -> {
          if (Thread.currentThread().isInterrupted()) {
            seen.add(name);
          }
        });
    return seen;
  }
}
