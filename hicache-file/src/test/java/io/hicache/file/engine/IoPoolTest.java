package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.spi.Deadline;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IoPoolTest {
  private static final PageAccess ACCESS = new ChannelAccess(new PageTree(Path.of("/")));

  private final IoPool pool = new IoPool(ACCESS, 4);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void spread_ofABatch_doesEachPositionOnce() {
    for (int size : new int[] {1, 2, 3, 4, 5, 100, 10_000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(size);

      boolean late = pool.spread(size, Deadline.NONE, (i, w) -> done.incrementAndGet(i) == 1);

      assertFalse(late);
      for (int i = 0; i < size; i++) {
        assertEquals(1, done.get(i), "position " + i + " of " + size);
      }
    }
  }

  @Test
  void spread_ofABatch_usesAsManyThreadsAsAsked() {
    CyclicBarrier four = new CyclicBarrier(4);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    pool.spread(
        4,
        Deadline.NONE,
        (i, w) -> {
          threads.add(Thread.currentThread());
          return arrived(four);
        });

    assertEquals(4, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
  }

  @Test
  void spread_ofOnePage_staysOnTheCallersThread() {
    pool.spread(1, Deadline.NONE, (i, w) -> sameAs(Thread.currentThread()));
    IoPool alone = new IoPool(ACCESS, 1);
    Thread caller = Thread.currentThread();

    alone.spread(
        100,
        Deadline.NONE,
        (i, w) -> {
          assertSame(caller, Thread.currentThread());
          return true;
        });
    alone.close();
  }

  @Test
  void spread_whoseWorkThrowsOnTheCaller_waitsForHelpers() {
    waitsForHelpers(true);
  }

  @Test
  void spread_whoseWorkThrowsOnAHelper_waitsForTheOthers() {
    waitsForHelpers(false);
  }

  /** One thread throws while another is at work; the call must outlast the other. */
  private void waitsForHelpers(boolean callerThrows) {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger atWork = new AtomicInteger();
    PageWork work =
        (i, w) -> {
          if (caller.equals(Thread.currentThread()) == callerThrows) {
            await(begun);
            throw new StackOverflowError("thrown on purpose");
          }
          atWork.incrementAndGet();
          begun.countDown();
          for (long until = System.nanoTime() + 50_000_000; System.nanoTime() < until; ) {
            Thread.onSpinWait();
          }
          atWork.decrementAndGet();
          return true;
        };

    Error thrown =
        assertThrows(StackOverflowError.class, () -> pool.spread(1_000, Deadline.NONE, work));

    assertEquals("thrown on purpose", thrown.getMessage());
    assertEquals(0, atWork.get());
  }

  @Test
  void spread_whoseCallerIsInterrupted_finishesWhatBeganAndBeginsNoMore() {
    IoPool alone = new IoPool(ACCESS, 1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger redone = new AtomicInteger();
    Thread caller = Thread.currentThread();

    alone.spread(
        100,
        Deadline.NONE,
        (i, w) -> {
          if (!caller.equals(Thread.currentThread())) {
            redone.incrementAndGet();
          } else if (begun.incrementAndGet() == 3) {
            caller.interrupt();
            throw new ClosedByInterruptException();
          }
          return true;
        });

    assertTrue(Thread.interrupted());
    assertEquals(3, begun.get());
    assertEquals(1, redone.get());
    alone.close();
  }

  @Test
  void spread_thatMayNotGoOn_beginsNoMore() {
    IoPool alone = new IoPool(ACCESS, 1);
    AtomicInteger begun = new AtomicInteger();

    alone.spread(100, Deadline.NONE, (i, w) -> begun.incrementAndGet() < 5);

    assertEquals(5, begun.get());
    alone.close();
  }

  @Test
  void uninterrupted_onAnInterruptedThread_runsElsewhereAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    boolean flagThere = pool.uninterrupted(() -> Thread.currentThread().isInterrupted());

    assertFalse(flagThere);
    assertTrue(Thread.interrupted());
  }

  @Test
  void uninterrupted_onAnIoThread_runsThere() {
    Thread outer = pool.uninterrupted(() -> pool.uninterrupted(() -> Thread.currentThread()));

    assertTrue(outer.getName().startsWith("hicache-file-"));
    assertTrue(outer.isDaemon());
  }

  private static boolean arrived(CyclicBarrier barrier) {
    try {
      barrier.await();
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean sameAs(Thread thread) {
    assertSame(thread, Thread.currentThread());
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
