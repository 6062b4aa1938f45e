package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessorClockTest {
  private static final long WORK_NANOS = 40_000_000;

  @Test
  void nanos_workOfTheCaller_isCounted() throws IOException {
    ProcessorClock clock = new ProcessorClock();
    clock.start();
    long worked = work();
    long nanos = clock.nanos();
    assertTrue(nanos >= worked, () -> nanos + " ns of " + worked);
  }

  @Test
  void nanos_workOfAnotherThreadThatStillLives_isCounted() throws Exception {
    CountDownLatch worked = new CountDownLatch(1);
    CountDownLatch counted = new CountDownLatch(1);
    ProcessorClock clock = new ProcessorClock();
    clock.start();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Boolean> done =
          other.submit(() -> {
            work();
            worked.countDown();
            return counted.await(1, TimeUnit.MINUTES);
          });
      worked.await();
      long nanos = clock.nanos();
      counted.countDown();
      assertTrue(done.get());
      assertTrue(nanos >= WORK_NANOS, () -> nanos + " ns");
    }
  }

  /** Burns processor time and returns how much, by the thread's own clock. */
  private static long work() {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long spent = 0;
    while (spent < WORK_NANOS) {
      spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
    return spent;
  }
}
