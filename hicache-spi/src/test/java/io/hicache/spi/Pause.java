package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where a thread stops until a test lets it go on, whether interrupted or not. */
final class Pause {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch going = new CountDownLatch(1);

  /** Stops here. */
  void here() {
    reached.countDown();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          assertTrue(going.await(20, TimeUnit.SECONDS), "nobody let the paused thread go on");
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until a thread has stopped. */
  void awaitReached() {
    try {
      assertTrue(reached.await(20, TimeUnit.SECONDS), "no thread came to the pause");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets every thread go on, now and later. */
  void goOn() {
    going.countDown();
  }
}
