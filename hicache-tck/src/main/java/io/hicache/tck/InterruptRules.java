package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Feature;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An interrupt aborts nothing that has begun, harms nobody else, and is never swallowed. */
interface InterruptRules extends Rules {
  int INTERRUPT_PAGES = 48;
  int INTERRUPT_BYTES = InterruptedGet.BYTES;
  PageKey FLAGGED = new PageKey("flagged");

  @Test
  default void get_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    tck().put(FLAGGED, 64 << 10);
    withTheFlagSet(() -> tck().assertStored(FLAGGED, 64 << 10));
  }

  @Test
  default void set_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    withTheFlagSet(() -> tck().put(onThisThread(), 64 << 10));
  }

  @Test
  default void batches_withTheFlagSet_workAndKeepTheFlag() throws InterruptedException {
    withTheFlagSet(() -> {
      List<PageKey> keys = BatchRules.keys(onThisThread().value(), 64);
      tck().putAll(keys, 4096);
      List<FencedPage> targets = tck().pages().targets(keys, 4096);
      BatchRules.assertAll(DONE, tck().store().batchGet(BatchRules.pages(targets)));
      targets.forEach(target -> target.assertHolds(Content.of(target.key())));
    });
  }

  @Test
  default void presence_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    tck().put(FLAGGED, 512);
    withTheFlagSet(() -> {
      assertTrue(tck().store().exists(FLAGGED));
      assertEquals(1, tck().store().batchExists(List.of(FLAGGED, new PageKey("absent"))));
    });
  }

  @Test
  default void delete_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    Outcome expected = tck().has(Feature.DELETES) ? DONE : Outcome.FAILED_REFUSED;
    withTheFlagSet(() -> {
      tck().put(onThisThread(), 512);
      BatchRules.assertAll(expected, tck().store().batchDelete(List.of(onThisThread())));
    });
  }

  @Test
  default void length_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    tck().put(FLAGGED, 512);
    OptionalLong expected =
        tck().has(Feature.TELLS_LENGTH) ? OptionalLong.of(512) : OptionalLong.empty();
    withTheFlagSet(() -> assertEquals(expected, tck().store().length(FLAGGED)));
  }

  @Test
  default void register_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    withTheFlagSet(
        () -> tck().store().register(tck().pages().target(FLAGGED, 64 << 10).region()).close());
  }

  @Test
  default void clearAndInspect_withTheFlagSet_workAndKeepTheFlag() throws InterruptedException {
    withTheFlagSet(() -> {
      tck().store().clear();
      assertEquals(tck().backend(), tck().store().inspect().backend());
    });
  }

  @Test
  default void close_withTheFlagSet_worksAndKeepsTheFlag() throws InterruptedException {
    tck().put(FLAGGED, 512);
    withTheFlagSet(() -> tck().store().close());
  }

  @Test
  default void batchGet_interruptedOnAPlatformThread_doesOrSkipsEachPage()
      throws InterruptedException {
    batchGetInterrupted(Crew.ofPlatform());
  }

  @Test
  default void batchGet_interruptedOnAVirtualThread_doesOrSkipsEachPage()
      throws InterruptedException {
    batchGetInterrupted(Crew.ofVirtual());
  }

  @Test
  default void batchSet_interruptedOnAPlatformThread_doesOrSkipsEachPage()
      throws InterruptedException {
    batchSetInterrupted(Crew.ofPlatform());
  }

  @Test
  default void batchSet_interruptedOnAVirtualThread_doesOrSkipsEachPage()
      throws InterruptedException {
    batchSetInterrupted(Crew.ofVirtual());
  }

  @Test
  default void batchPresent_interrupted_answersOrSkipsEachKey() throws InterruptedException {
    List<PageKey> keys = BatchRules.keys("interrupted", 512);
    tck().putAll(keys, 16);
    Interruption.ofEachCall(Crew.ofPlatform(), new InterruptedPresence(tck(), keys));
    assertEquals(512, tck().store().batchExists(keys));
  }

  @Test
  default void batchDelete_interrupted_deletesOrSkipsEachPage() throws InterruptedException {
    Interruption.ofEachCall(Crew.ofPlatform(), new InterruptedDelete(tck()));
  }

  @Test
  default void neighbours_ofAnInterruptedPlatformThread_areNotHarmed() throws InterruptedException {
    neighboursOf(Crew.ofPlatform());
  }

  @Test
  default void neighbours_ofAnInterruptedVirtualThread_areNotHarmed() throws InterruptedException {
    neighboursOf(Crew.ofVirtual());
  }

  private void batchGetInterrupted(Crew crew) throws InterruptedException {
    List<PageKey> keys = BatchRules.keys("interrupted", INTERRUPT_PAGES);
    tck().putAll(keys, INTERRUPT_BYTES);
    Interruption.ofEachCall(crew, new InterruptedGet(tck(), keys));
    tck().assertStored(keys.getFirst(), INTERRUPT_BYTES);
  }

  private void batchSetInterrupted(Crew crew) throws InterruptedException {
    Interruption.ofEachCall(crew, new InterruptedSet(tck()));
  }

  private void neighboursOf(Crew crew) throws InterruptedException {
    List<PageKey> keys = BatchRules.keys("neighbours", 8);
    tck().putAll(keys, 8 << 10);
    try (Neighbours neighbours = new Neighbours(tck(), keys, 8 << 10)) {
      batchGetInterrupted(crew);
      neighbours.join();
    }
  }

  /** Makes calls with the flag set, on a platform and on a virtual thread. */
  private static void withTheFlagSet(Executable calls) throws InterruptedException {
    for (Crew crew : List.of(Crew.ofPlatform(), Crew.ofVirtual())) {
      crew.start(() -> {
        Thread.currentThread().interrupt();
        calls.execute();
        assertTrue(Thread.interrupted(), "the flag must be set after the call as before");
      });
      crew.join();
    }
  }

  private static PageKey onThisThread() {
    return new PageKey("flagged-" + Thread.currentThread().threadId());
  }
}
