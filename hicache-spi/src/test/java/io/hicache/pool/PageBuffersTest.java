package io.hicache.pool;

import static io.hicache.pool.HostPoolTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PageBuffersTest {

  @Test
  void borrow_whatIsFree_givesUpToTheNumberWanted() {
    try (PageBuffers buffers = new PageBuffers(5000, 3)) {
      try (PageBuffers.Lease two = buffers.borrow(2, Deadline.NONE);
          PageBuffers.Lease last = buffers.borrow(9, Deadline.NONE)) {
        assertEquals(2, two.size());
        assertEquals(1, last.size());
        assertEquals(5000, two.buffer(0).byteSize());
        assertEquals(0, two.buffer(1).address() % PageBuffers.ALIGNMENT);
      }
      try (PageBuffers.Lease all = buffers.borrow(9, Deadline.NONE)) {
        assertEquals(3, all.size());
        PageBuffers.Lease none = buffers.borrow(1, Deadline.in(Duration.ofMillis(1)));
        assertEquals(0, none.size());
      }
    }
  }

  @Test
  void borrow_again_givesTheSameMemory() {
    try (PageBuffers buffers = new PageBuffers(64, 2)) {
      MemorySegment first;
      try (PageBuffers.Lease lease = buffers.borrow(1, Deadline.NONE)) {
        first = lease.buffer(0);
      }
      try (PageBuffers.Lease lease = buffers.borrow(1, Deadline.NONE)) {
        assertEquals(first.address(), lease.buffer(0).address());
      }
    }
  }

  @Test
  void borrow_byManyThreads_neverLendsABufferTwice() throws InterruptedException {
    try (PageBuffers buffers = new PageBuffers(64, 3)) {
      Map<Long, Thread> out = new ConcurrentHashMap<>();
      AtomicInteger twice = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; i < 500; i++) {
                    try (PageBuffers.Lease lease = buffers.borrow(1 + i % 2, Deadline.NONE)) {
                      twice.addAndGet(lentTwice(lease, out));
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(0, twice.get());
    }
  }

  private static int lentTwice(PageBuffers.Lease lease, Map<Long, Thread> out) {
    int twice = 0;
    for (int i = 0; i < lease.size(); i++) {
      Thread other = out.put(lease.buffer(i).address(), Thread.currentThread());
      twice += other == null ? 0 : 1;
    }
    Thread.onSpinWait();
    for (int i = 0; i < lease.size(); i++) {
      twice += out.remove(lease.buffer(i).address(), Thread.currentThread()) ? 0 : 1;
    }
    return twice;
  }

  @Test
  void borrow_whileInterrupted_waitsAndKeepsTheFlag() throws InterruptedException {
    try (PageBuffers buffers = new PageBuffers(64, 1)) {
      PageBuffers.Lease held = buffers.borrow(1, Deadline.NONE);
      CountDownLatch asking = new CountDownLatch(1);
      AtomicInteger seen = new AtomicInteger();
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                Thread.currentThread().interrupt();
                asking.countDown();
                try (PageBuffers.Lease lease = buffers.borrow(1, Deadline.NONE)) {
                  seen.set(lease.size() + (Thread.currentThread().isInterrupted() ? 10 : 0));
                }
              });
      asking.await();
      held.close();
      thread.join();
      assertEquals(11, seen.get());
    }
  }

  @Test
  void close_withALeaseOut_freesItsBuffersWhenTheyComeBack() {
    PageBuffers buffers = new PageBuffers(64, 2);
    PageBuffers.Lease lease = buffers.borrow(2, Deadline.NONE);
    MemorySegment memory = lease.buffer(0);
    buffers.close();
    buffers.close();
    assertTrue(memory.scope().isAlive());
    lease.close();
    lease.close();
    assertFalse(memory.scope().isAlive());
    assertThrows(IllegalStateException.class, () -> lease.buffer(0));
    assertThrows(IllegalStateException.class, () -> buffers.borrow(1, Deadline.NONE));
  }

  @Test
  void close_wakesThoseWhoWait() throws InterruptedException {
    PageBuffers buffers = new PageBuffers(64, 1);
    PageBuffers.Lease lease = buffers.borrow(1, Deadline.NONE);
    AtomicInteger refused = new AtomicInteger();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              assertThrows(IllegalStateException.class, () -> buffers.borrow(1, Deadline.NONE));
              refused.incrementAndGet();
            });
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    buffers.close();
    thread.join();
    assertEquals(1, refused.get());
    lease.close();
  }

  @Test
  void numbers_belowOne_areRefused() {
    assertRefused("buffer bytes 0: must be at least 1", () -> new PageBuffers(0, 1));
    assertRefused("buffers 0: must be at least 1", () -> new PageBuffers(1, 0));
    try (PageBuffers buffers = new PageBuffers(1, 1)) {
      assertRefused("wanted buffers 0: must be at least 1", () -> buffers.borrow(0, Deadline.NONE));
    }
  }
}
