package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Page;
import io.hicache.Region;
import io.hicache.Registration;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers while the store closes or memory is given up, over and over. */
class GuardStressTest {
  private static final int CALLERS = 8;
  private static final int ROUNDS = 200;

  private final MemorySegment memory = Guarded.memory();
  private final Page page = Guarded.page("k", memory);
  private final AtomicLong calls = new AtomicLong();

  /** Calls until it is refused. */
  private void callUntilClosed(Guarded guarded, CountDownLatch started) {
    started.countDown();
    try {
      while (true) {
        guarded.store().batchPresent(List.of(page.key()));
        guarded.store().batchSet(List.of(page));
        calls.addAndGet(2);
      }
    } catch (IllegalStateException refused) {
      return;
    }
  }

  private List<Background<Boolean>> callers(Guarded guarded) {
    CountDownLatch started = new CountDownLatch(CALLERS);
    List<Background<Boolean>> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(i -> Background.run(() -> callUntilClosed(guarded, started)))
            .toList();
    Background.run(
            () -> {
              try {
                started.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            })
        .result();
    return callers;
  }

  /** A backend that keeps no record, so that it is as fast as can be. */
  private static Guarded open(Duration closeTimeout) {
    ScriptedStorage backend =
        new ScriptedStorage(ScriptedStorage.closingWithin(closeTimeout)).forgetful();
    return new Guarded(backend, GuardedStorage.over("stressed", backend, Guarded.CONFIG));
  }

  @Test
  void close_underManyCallers_leavesNoneInsideAndLetsNoneIn() {
    for (int round = 0; round < ROUNDS; round++) {
      Guarded guarded = open(Duration.ofSeconds(20));
      if (round % 20 != 0) { // else as fast as can be, which few cores take long over
        guarded.backend().on(name -> LockSupport.parkNanos(1));
      }
      List<Background<Boolean>> callers = callers(guarded);
      guarded.store().close();
      assertEquals(0, guarded.backend().trespasses.get(), "round " + round);
      callers.forEach(Background::result);
      assertEquals(0, guarded.backend().trespasses.get(), "round " + round);
    }
    assertTrue(calls.get() > ROUNDS, calls + " calls");
  }

  @Test
  void close_thatManyCallsOutlast_isFinishedByOneOfThem() {
    int timeouts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Guarded guarded = open(Duration.ofNanos(1));
      AtomicInteger closes = new AtomicInteger();
      guarded
          .backend()
          .on(name -> {
            if (name.equals("close")) {
              closes.incrementAndGet();
            } else {
              LockSupport.parkNanos(1);
            }
          });
      List<Background<Boolean>> callers = callers(guarded);
      try {
        guarded.store().close();
      } catch (HiCacheException e) {
        assertEquals(FaultKind.TIMEOUT, e.kind());
        timeouts++;
      }
      callers.forEach(Background::result);
      assertEquals(1, closes.get(), "round " + round);
      assertEquals(0, guarded.backend().trespasses.get(), "round " + round);
    }
    assertTrue(timeouts > 0, "no call ever outlasted a close");
  }

  @Test
  void registration_closedUnderManyCallers_isNeverGivenUpUnderOne() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger under = new AtomicInteger();
    Guarded guarded = open(Duration.ofSeconds(20));
    guarded
        .backend()
        .on(name -> {
          if (name.startsWith("deregister")) {
            under.addAndGet(inside.get());
          } else if (name.equals("batchSet")) {
            inside.incrementAndGet();
            Thread.onSpinWait();
            inside.decrementAndGet();
          }
        });
    List<Background<Boolean>> callers = callers(guarded);
    for (int round = 0; round < ROUNDS; round++) {
      Registration registration = guarded.store().register(Region.of(memory));
      registration.close();
    }
    guarded.store().close();
    callers.forEach(Background::result);
    assertEquals(0, under.get());
    assertTrue(calls.get() > 0);
  }
}
