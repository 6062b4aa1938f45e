package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts at any moment of a call: what has begun is finished, the flag is never lost. */
@Timeout(120)
class InterruptTest {
  private static final int PAGES = 12;
  private static final int BYTES = 600_000;
  private static final int ROUNDS = 30;

  @TempDir Path directory;
  private final Random random = new Random(7);

  @Test
  void batchGet_interruptedOnceAtAnyMoment_isExactOrSkipped() throws Exception {
    for (String threads : List.of("1", "4")) {
      int done = readsAreExact(threads, this::interruptOnce);
      assertTrue(done > 0);
    }
  }

  @Test
  void batchGet_interruptedAllTheTime_ends() throws Exception {
    readsAreExact("1", InterruptTest::interruptAlways);
  }

  @Test
  void batchSet_interruptedOnceAtAnyMoment_isWholeOrNothing() throws Exception {
    for (String threads : List.of("1", "4")) {
      writesAreWhole(threads, this::interruptOnce);
    }
  }

  @Test
  void batchSet_interruptedAllTheTime_ends() throws Exception {
    writesAreWhole("1", InterruptTest::interruptAlways);
  }

  /** What interrupts a thread while its call runs. */
  private interface Interrupter {
    void interrupt(Thread caller, CountDownLatch ended);
  }

  /** Returns how many pages were read all the same. */
  private int readsAreExact(String threads, Interrupter interrupter) throws Exception {
    int done = 0;
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = new Store(directory).open("io-threads", threads)) {
      storage.batchSet(pages(arena, true));
      List<Page> targets = pages(arena, false);
      for (int round = 0; round < ROUNDS; round++) {
        targets.forEach(InterruptTest::blank);
        BatchResult result =
            interrupted(round % 2 == 0, interrupter, () -> storage.batchGet(targets));
        for (int i = 0; i < PAGES; i++) {
          if (result.get(i) == Outcome.DONE) {
            SamplePages.assertHolds(i, targets.get(i));
            done++;
          } else {
            assertEquals(Outcome.SKIPPED, result.get(i), result::toString);
            SamplePages.assertBlank(targets.get(i));
          }
        }
      }
    }
    return done;
  }

  private void writesAreWhole(String threads, Interrupter interrupter) throws Exception {
    CallOptions overwrite = CallOptions.DEFAULT.withOverwrite(true);
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = new Store(directory).open("io-threads", threads)) {
      List<Page> sources = pages(arena, true);
      for (int round = 0; round < ROUNDS; round++) {
        storage.clear();
        BatchResult result =
            interrupted(round % 2 == 0, interrupter, () -> storage.batchSet(sources, overwrite));
        assertWhole(storage, sources, result);
      }
    }
  }

  private void assertWhole(HiCacheStorage storage, List<Page> sources, BatchResult result)
      throws IOException {
    for (int i = 0; i < PAGES; i++) {
      boolean done = result.get(i) == Outcome.DONE;
      assertTrue(done || result.get(i) == Outcome.SKIPPED, result::toString);
      assertEquals(done, storage.exists(sources.get(i).key()), result::toString);
      assertEquals(done ? Outcome.DONE : Outcome.ABSENT, storage.get(blank(sources.get(i))));
      refill(sources.get(i), i);
    }
    assertEquals(result.count(Outcome.DONE), new Store(directory).files().size());
  }

  /** Runs a call on a thread that is interrupted, and checks that its flag is set afterwards. */
  private BatchResult interrupted(
      boolean virtual, Interrupter interrupter, Supplier<BatchResult> call) throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch quiet = new CountDownLatch(1);
    FutureTask<BatchResult> task =
        new FutureTask<>(() -> {
          began.countDown();
          BatchResult result = call.get();
          ended.countDown();
          while (quiet.getCount() > 0) {
            Thread.onSpinWait();
          }
          assertTrue(Thread.interrupted(), "the interrupt flag is set after the call");
          return result;
        });
    Thread caller = virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
    began.await();
    interrupter.interrupt(caller, ended);
    quiet.countDown();
    return task.get();
  }

  private void interruptOnce(Thread caller, CountDownLatch ended) {
    long until = System.nanoTime() + random.nextInt(3_000_000);
    while (System.nanoTime() < until && ended.getCount() > 0) {
      Thread.onSpinWait();
    }
    caller.interrupt();
  }

  private static void interruptAlways(Thread caller, CountDownLatch ended) {
    do {
      caller.interrupt();
    } while (ended.getCount() > 0);
  }

  private static List<Page> pages(Arena arena, boolean filled) {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < PAGES; i++) {
      pages.add(
          filled
              ? SamplePages.filled(arena, "a" + i, BYTES, i)
              : SamplePages.blank(arena, "a" + i, BYTES));
    }
    return pages;
  }

  private static Page blank(Page page) {
    page.parts().forEach(part -> ((HostPart) part).segment().fill((byte) 0));
    return page;
  }

  private static void refill(Page page, long seed) {
    MemorySegment memory = ((HostPart) page.parts().get(0)).segment();
    for (long i = 0; i < memory.byteSize(); i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, SamplePages.at(i, seed));
    }
  }
}
