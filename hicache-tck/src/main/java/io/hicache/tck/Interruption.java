package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.Outcome;
import java.util.Random;

/** Interrupts one call after another, each at another moment between its begin and its end. */
final class Interruption {
  private static final int CALLS_TO_TIME = 3;
  private static final int CALLS_TO_INTERRUPT = 25;

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
      round.check(interrupted(random.nextLong(nanos)));
    }
  }

  private BatchResult interrupted(long delayNanos) {
    Thread victim = Thread.currentThread();
    Thread interrupter =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              long end = System.nanoTime() + delayNanos;
              while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
              }
              victim.interrupt();
            });
    BatchResult result = round.call();
    assertTrue(interruptedBy(interrupter), "the interrupt must be there after the call");
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
