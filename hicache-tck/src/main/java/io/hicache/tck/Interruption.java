package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.Outcome;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * Interrupts one call after another, each at another moment between its begin and its end, the
 * early ones more often: an interrupted call is shorter than those that were timed.
 */
final class Interruption {
  static final int CALLS_TO_TIME = 3;
  private static final int CALLS_TO_INTERRUPT = 20;

  private final Random random = new Random(42);
  private final Round round;

  private Interruption(Round round) {
    this.round = round;
  }

  /** One call with what comes before and after it, which no interrupt reaches. */
  interface Round {
    /** Makes the call possible; given its number. */
    default void prepare(int number) {}

    /** Makes the call. */
    BatchResult call();

    /** Looks at the result and its traces. */
    void check(BatchResult result);
  }

  /** Interrupts a thread some time after that thread has said that it is ready. */
  private static final class Interrupter implements Runnable {
    private final Thread victim;
    private final long delayNanos;
    private final CountDownLatch running = new CountDownLatch(1);
    private volatile boolean ready;

    Interrupter(Thread victim, long delayNanos) {
      this.victim = victim;
      this.delayNanos = delayNanos;
    }

    /** Makes sure that the interrupter has a processor, and starts its clock. */
    void awaitReady() {
      try {
        running.await();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody else interrupts", e);
      }
      ready = true;
    }

    @Override
    public void run() {
      running.countDown();
      while (!ready) {
        Thread.onSpinWait();
      }
      long end = System.nanoTime() + delayNanos;
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      victim.interrupt();
    }
  }

  /** Makes rounds on a thread of the crew and interrupts the call of each. */
  static void ofEachCall(Crew crew, Round round) throws InterruptedException {
    crew.start(new Interruption(round)::run);
    crew.join();
  }

  /** Asserts that every position ended in one of the two ways that an interrupt leaves. */
  static void assertDoneOrSkipped(BatchResult result) {
    assertEquals(
        result.size(),
        result.count(Outcome.DONE) + result.count(Outcome.SKIPPED),
        () -> "an interrupt leaves DONE and SKIPPED alone: " + result);
  }

  private void run() {
    long nanos = Long.MAX_VALUE;
    for (int i = 0; i < CALLS_TO_TIME; i++) {
      round.prepare(i);
      long start = System.nanoTime();
      BatchResult result = round.call();
      nanos = Math.min(nanos, System.nanoTime() - start);
      round.check(result);
    }
    for (int i = 0; i < CALLS_TO_INTERRUPT; i++) {
      round.prepare(CALLS_TO_TIME + i);
      double share = random.nextDouble();
      round.check(interrupted((long) (share * share * nanos)));
    }
  }

  private BatchResult interrupted(long delayNanos) {
    Interrupter interrupter = new Interrupter(Thread.currentThread(), delayNanos);
    Thread thread = Thread.ofPlatform().daemon().start(interrupter);
    interrupter.awaitReady();
    BatchResult result = round.call();
    assertTrue(interruptedBy(thread), "the interrupt must be there after the call");
    return result;
  }

  /** Waits until the interrupt was sent, and tells whether it arrived; the flag is clear then. */
  private static boolean interruptedBy(Thread interrupter) {
    boolean interrupted = false;
    while (interrupter.isAlive()) {
      try {
        interrupter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return Thread.interrupted() || interrupted;
  }
}
