package io.hicache.resp;

import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_TIMEOUT;
import static io.hicache.Outcome.FAILED_UNAVAILABLE;
import static io.hicache.Outcome.MISMATCH;
import static io.hicache.Outcome.SKIPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.resp.kit.FaultyRelay;
import io.hicache.resp.kit.FaultyRelay.Fault;
import io.hicache.resp.kit.Program;
import io.hicache.resp.kit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server or a network that misbehaves in the middle of a batch: outcomes, and quiet memory. */
@Timeout(60)
@ParameterizedClass
@MethodSource("io.hicache.resp.Rig#programs")
class FaultTest {
  private static final int PAGES = 8;
  private static final int BYTES = 256 << 10;

  private final TestServer server;
  private final FaultyRelay relay;
  private final Rig rig;

  FaultTest(Program program) throws IOException {
    server = program.start();
    relay = new FaultyRelay(server.port());
    rig = new Rig(Rig.at(relay.port()));
  }

  @BeforeEach
  void store() {
    assertTrue(rig.storage().batchSet(rig.sources("page-", PAGES, BYTES)).allDone());
  }

  @AfterEach
  void stop() throws IOException {
    assertTrue(rig.fencesHold(), "memory beside a page was written");
    rig.close();
    relay.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 100, BYTES - 1, BYTES + 20, 3 * BYTES})
  void batchGet_connectionCut_failsTheRestAndTheNextSucceeds(long after) {
    List<Page> targets = rig.targets("page-", PAGES, BYTES);
    relay.arm(Fault.CUT, after);
    BatchResult result = rig.storage().batchGet(targets);
    if (result.count(FAILED_UNAVAILABLE) == 0) {
      assertEquals(0, after, () -> "only an idle connection may be replaced: " + result);
    }
    assertDoneHoldsAndSkippedIsUntouched(result, targets);
    assertAllReadable();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, 100, BYTES - 1, 2 * BYTES + 7})
  void batchGet_stalledPastItsDeadline_timesOutAndLeavesMemoryAlone(long after)
      throws InterruptedException {
    List<Page> targets = rig.targets("page-", PAGES, BYTES);
    relay.arm(Fault.STALL, after);
    BatchResult result =
        rig.storage().batchGet(targets, CallOptions.DEFAULT.withDeadline(Duration.ofMillis(300)));
    Rig.takeBack(targets);
    relay.awaitStruck();
    assertTrue(result.count(FAILED_TIMEOUT) > 0, result::toString);
    relay.release();
    assertAllReadable();
    targets.forEach(page -> assertTrue(Rig.untouched(page), "a late write: " + page.key()));
  }

  @Test
  void batchSet_serverStopped_timesOutAndReadsTheSourcesNoMore() {
    List<Page> sources = rig.sources("new-", 64, 1 << 20);
    server.signal("STOP");
    BatchResult result =
        rig.storage().batchSet(sources, CallOptions.DEFAULT.withDeadline(Duration.ofMillis(300)));
    Rig.takeBack(sources);
    server.signal("CONT");
    assertTrue(result.count(FAILED_TIMEOUT) > 0, result::toString);
    assertEquals(64, result.count(FAILED_TIMEOUT) + result.count(SKIPPED), result::toString);
    List<Page> targets = rig.targets("new-", 64, 1 << 20);
    BatchResult read = rig.storage().batchGet(targets);
    for (int i = 0; i < targets.size(); i++) {
      assertTrue(
          read.get(i) != DONE || Rig.holds(targets.get(i)), "a source was read after the call");
    }
  }

  /** Each byte in a relay of its own: what still flows to a dropped connection is not counted. */
  @Test
  void batchGet_byteGarbled_isNeverDoneWithIt() throws IOException {
    for (long after : new long[] {0, 3, 11, 5000, BYTES + 12, BYTES + 40, BYTES + 45}) {
      try (FaultyRelay garbling = new FaultyRelay(server.port());
          Rig reader = new Rig(Rig.at(garbling.port()))) {
        List<Page> targets = reader.targets("page-", PAGES, BYTES);
        garbling.arm(Fault.GARBLE, after);
        BatchResult result = reader.storage().batchGet(targets);
        garbling.release();
        assertTrue(
            result.count(DONE) < PAGES, () -> "byte " + after + " was garbled, and nobody noticed");
        assertDoneHoldsAndSkippedIsUntouched(result, targets);
        assertTrue(reader.fencesHold(), "memory beside a page was written");
      }
    }
    assertAllReadable();
  }

  @Test
  void get_pageGarbledOnItsWay_isNotRemovedFromTheServer() {
    List<Page> targets = rig.targets("page-", 1, BYTES);
    relay.arm(Fault.GARBLE, 5000);
    assertEquals(MISMATCH, rig.storage().get(targets.getFirst()));
    relay.release();
    assertEquals(DONE, rig.storage().get(targets.getFirst()));
    assertTrue(Rig.holds(targets.getFirst()));
  }

  @Test
  void batchGet_everyByteByItself_isRead() {
    List<Page> sources = rig.sources("slice-", 3, 3000);
    assertTrue(rig.storage().batchSet(sources).allDone());
    relay.arm(Fault.SLICE, 0);
    List<Page> targets = rig.targets("slice-", 3, 3000);
    assertTrue(rig.storage().batchGet(targets).allDone());
    targets.forEach(page -> assertTrue(Rig.holds(page)));
  }

  @Test
  void calls_serverKilledAndStartedAgain_failThenSucceed() {
    server.kill();
    List<Page> targets = rig.targets("page-", PAGES, BYTES);
    BatchResult gone = rig.storage().batchGet(targets);
    assertEquals(1, gone.count(FAILED_UNAVAILABLE), gone::toString);
    assertEquals(PAGES - 1, gone.count(SKIPPED), gone::toString);
    targets.forEach(page -> assertTrue(Rig.untouched(page)));
    server.restart();
    assertEquals(0, rig.storage().batchGet(targets).count(DONE));
    assertTrue(rig.storage().batchSet(rig.sources("page-", PAGES, BYTES)).allDone());
    assertAllReadable();
  }

  @Test
  void batchGet_serverKilledInTheMiddle_leavesNoLateWrite() throws InterruptedException {
    assertTrue(rig.storage().batchSet(rig.sources("big-", 32, 1 << 20)).allDone());
    List<Page> targets = rig.targets("big-", 32, 1 << 20);
    relay.arm(Fault.STALL, 2 << 20);
    AtomicReference<BatchResult> result = new AtomicReference<>();
    Thread reader = Thread.ofPlatform().start(() -> result.set(rig.storage().batchGet(targets)));
    relay.awaitStruck();
    server.kill();
    relay.release();
    reader.join();
    assertFalse(result.get().allDone(), "the server was gone before it had sent all");
    assertDoneHoldsAndSkippedIsUntouched(result.get(), targets);
    Rig.takeBack(targets);
    server.restart();
    assertTrue(rig.storage().batchSet(rig.sources("big-", 32, 1 << 20)).allDone());
    targets.forEach(page -> assertTrue(Rig.untouched(page)));
  }

  @Test
  void batchGet_serverSilent_timesOutWithoutADeadline() {
    try (Rig impatient = new Rig(Rig.at(relay.port()).withOption("timeout", "300ms"))) {
      server.signal("STOP");
      BatchResult result = impatient.storage().batchGet(impatient.targets("page-", 2, BYTES));
      server.signal("CONT");
      assertEquals(FAILED_TIMEOUT, result.get(0));
    }
  }

  @Test
  void connections_afterManyFaults_areNotLeaked() {
    for (int i = 0; i < 20; i++) {
      relay.arm(i % 2 == 0 ? Fault.CUT : Fault.GARBLE, 40L + i);
      assertEquals(PAGES, rig.storage().batchGet(rig.targets("page-", PAGES, BYTES)).size());
      relay.release();
    }
    assertAllReadable();
    assertTrue(relay.open() <= 8, () -> relay.open() + " connections");
  }

  @Test
  void presence_whileAPageIsStalled_answers() throws InterruptedException {
    relay.arm(Fault.STALL, BYTES / 2);
    Thread reader =
        Thread.ofPlatform().start(() -> rig.storage().batchGet(rig.targets("page-", PAGES, BYTES)));
    relay.awaitStruck();
    List<PageKey> keys = rig.targets("page-", PAGES, 1).stream().map(Page::key).toList();
    assertEquals(PAGES, rig.storage().batchExists(keys));
    relay.release();
    reader.join();
  }

  private void assertAllReadable() {
    relay.release();
    List<Page> targets = rig.targets("page-", PAGES, BYTES);
    BatchResult result = rig.storage().batchGet(targets);
    assertTrue(result.allDone(), result::toString);
    targets.forEach(page -> assertTrue(Rig.holds(page), () -> "wrong bytes: " + page.key()));
  }

  private static void assertDoneHoldsAndSkippedIsUntouched(BatchResult result, List<Page> pages) {
    for (int i = 0; i < pages.size(); i++) {
      Page page = pages.get(i);
      switch (result.get(i)) {
        case DONE -> assertTrue(Rig.holds(page), () -> "DONE, but wrong bytes: " + page.key());
        case SKIPPED, ABSENT -> assertTrue(Rig.untouched(page), () -> "touched: " + page.key());
        default -> {}
      }
    }
  }
}
