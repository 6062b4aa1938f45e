package io.hicache.resp;

import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_UNAVAILABLE;
import static io.hicache.Outcome.SKIPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.Part;
import io.hicache.resp.kit.DelayLine;
import io.hicache.resp.kit.FaultyRelay;
import io.hicache.resp.kit.FaultyRelay.Fault;
import io.hicache.resp.kit.TestServer;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a storage takes of connections, threads and heap. */
@Timeout(60)
class LoadTest {
  private static final int BYTES = 64 << 10;
  private static final int PAGES = 32;

  private final TestServer server = TestServer.carried();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void batches_moreCallersThanConnections_keepToTheLimitAndAreAllServed() throws Exception {
    try (FaultyRelay relay = new FaultyRelay(server.port());
        Rig rig = new Rig(Rig.at(relay.port()).withOption("max-connections", "4"))) {
      assertTrue(rig.storage().batchSet(rig.sources("page-", 8, BYTES)).allDone());
      List<Thread> callers = new ArrayList<>();
      List<BatchResult> results = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 12; i++) {
        List<Page> targets = rig.targets("page-", 8, BYTES);
        callers.add(Thread.ofPlatform().start(() -> results.add(rig.storage().batchGet(targets))));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertEquals(12, results.stream().filter(BatchResult::allDone).count(), results::toString);
      assertTrue(relay.open() <= 4, () -> relay.open() + " connections");
    }
  }

  @Test
  void batchGet_clientKilledInTheMiddle_failsTheRestAndTheNextSucceeds() throws Exception {
    try (FaultyRelay relay = new FaultyRelay(server.port());
        Rig rig = new Rig(Rig.at(relay.port()))) {
      int pages = 256;
      assertTrue(rig.storage().batchSet(rig.sources("page-", pages, BYTES)).allDone());
      List<Page> targets = rig.targets("page-", pages, BYTES);
      relay.arm(Fault.STALL, 3L * BYTES);
      List<BatchResult> results = new ArrayList<>();
      Thread reader = Thread.ofPlatform().start(() -> results.add(rig.storage().batchGet(targets)));
      relay.awaitStruck();
      server.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      relay.release();
      reader.join();
      BatchResult result = results.getFirst();
      assertTrue(result.count(FAILED_UNAVAILABLE) > 0, result::toString);
      for (int i = 0; i < pages; i++) {
        assertTrue(result.get(i) != DONE || Rig.holds(targets.get(i)), "DONE, but wrong bytes");
        assertTrue(result.get(i) != SKIPPED || Rig.untouched(targets.get(i)), "touched");
      }
      assertTrue(rig.storage().batchGet(rig.targets("page-", pages, BYTES)).allDone());
    }
  }

  /** Pages small enough to be copied, and others; one part and many. */
  @ParameterizedTest
  @CsvSource({"2048, 1", "65536, 1", "1048576, 1", "1048576, 160"})
  void batches_ofPages_stayWithinTheirHeap(int bytes, int parts) throws Exception {
    try (Rig rig = new Rig(Rig.at(server.port()))) {
      List<Page> sources = cut(rig.sources("page-", PAGES, bytes), parts);
      List<Page> targets = cut(rig.targets("page-", PAGES, bytes), parts);
      long written =
          heapPerPage(
              rig.storage()::clear, () -> assertTrue(rig.storage().batchSet(sources).allDone()));
      long read =
          heapPerPage(() -> {}, () -> assertTrue(rig.storage().batchGet(targets).allDone()));
      long limit = 2048 + 128L * (parts - 1);
      assertTrue(written <= limit, () -> written + " bytes per page written");
      assertTrue(read <= limit, () -> read + " bytes per page read");
    }
  }

  @Test
  void close_afterFarAndNearCalls_leavesNoThreadAndNoConnection() throws Exception {
    Set<Thread> before = own();
    try (DelayLine line = new DelayLine(server.port(), Duration.ofMillis(10))) {
      try (Rig rig = new Rig(Rig.at(line.port()))) {
        int pages = 64;
        assertTrue(rig.storage().batchSet(rig.sources("page-", pages, BYTES)).allDone());
        List<Page> targets = rig.targets("page-", pages, BYTES);
        assertTrue(rig.storage().batchGet(targets).allDone());
        targets.forEach(page -> assertTrue(Rig.holds(page), "wrong bytes"));
        assertEquals(5, line.open(), "four for pages and one for presence");
        assertTrue(rig.fencesHold());
      }
      while (line.open() > 0) {
        Thread.onSpinWait();
      }
      Set<Thread> left = own();
      left.removeAll(before);
      for (Thread thread : left) {
        thread.join();
      }
    }
  }

  private static List<Page> cut(List<Page> pages, int parts) {
    return pages.stream()
        .map(page -> {
          MemorySegment whole = Rig.segment(page);
          List<Part> cut = new ArrayList<>();
          for (int i = 0; i < parts; i++) {
            long from = whole.byteSize() * i / parts;
            cut.add(new HostPart(whole.asSlice(from, whole.byteSize() * (i + 1) / parts - from)));
          }
          return new Page(page.key(), cut);
        })
        .toList();
  }

  /** Returns the least of several rounds: what a page costs once the code is warm. */
  private static long heapPerPage(Runnable before, Runnable batch)
      throws ReflectiveOperationException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 30; round++) {
      before.run();
      long then = allocated();
      batch.run();
      least = Math.min(least, (allocated() - then) / PAGES);
    }
    return least;
  }

  /** By reflection, since the module under test does not read the one that tells. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method total =
        Class.forName("com.sun.management.ThreadMXBean").getMethod("getTotalThreadAllocatedBytes");
    return (long) total.invoke(threads);
  }

  private static Set<Thread> own() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hicache-"))
        .collect(Collectors.toSet());
  }
}
