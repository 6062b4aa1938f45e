package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.CallOptions;
import io.hicache.Feature;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Any threads may call at once; a reader sees a page whole, as one writer wrote it, or not. */
interface ThreadRules extends Rules {
  int THREADS = 8;
  PageKey SHARED = new PageKey("shared");

  @Test
  default void threads_onSharedKeys_readWhatWasWrittenOrMiss() throws InterruptedException {
    List<PageKey> keys = BatchRules.keys("mixed", 12);
    Crew crew = Crew.ofPlatform();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      crew.start(() -> {
        FencedPages pages = tck().pages();
        for (int n = 0; n < 200; n++) {
          PageKey key = keys.get(random.nextInt(keys.size()));
          mixedCall(random.nextInt(4), pages, key);
        }
      });
    }
    crew.join();
  }

  @Test
  default void threads_withBatchesOfTheirOwn_doNotMixThemUp() throws InterruptedException {
    Crew crew = Crew.ofPlatform();
    for (int i = 0; i < THREADS; i++) {
      List<PageKey> keys = BatchRules.keys("thread-" + i, 32);
      crew.start(() -> {
        tck().putAll(keys, 4096);
        List<FencedPage> targets = tck().pages().targets(keys, 4096);
        BatchRules.assertAll(DONE, tck().store().batchGet(BatchRules.pages(targets)));
        targets.forEach(target -> target.assertHolds(Content.of(target.key())));
      });
    }
    crew.join();
  }

  @Test
  default void virtualThreads_byTheHundreds_areServed() throws InterruptedException {
    tck().put(SHARED, 4096);
    Crew crew = Crew.ofVirtual();
    for (int i = 0; i < 300; i++) {
      PageKey own = BatchRules.key("virtual", i);
      crew.start(() -> {
        tck().assertStored(SHARED, 4096);
        tck().put(own, 512);
        tck().assertStored(own, 512);
      });
    }
    crew.join();
  }

  @Test
  default void sets_ofOneKeyThatRace_storeOneOfThem() throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      PageKey key = BatchRules.key("race", round);
      Queue<Outcome> outcomes = race(key, CallOptions.DEFAULT);
      assertTrue(outcomes.contains(DONE), () -> "nobody wrote: " + outcomes);
      assertTrue(Set.of(DONE, KEPT).containsAll(outcomes), outcomes::toString);
      assertOneOfTheVersions(key);
    }
  }

  @Test
  default void overwritesOfOneKeyThatRace_storeOneOfThem() throws InterruptedException {
    boolean ignored = tck().store().capabilities().ignored().contains(CallOptions.Field.OVERWRITE);
    for (int round = 0; round < 10; round++) {
      PageKey key = BatchRules.key("race", round);
      Queue<Outcome> outcomes = race(key, OnePageRules.OVERWRITE);
      Set<Outcome> allowed = ignored ? Set.of(DONE, KEPT) : Set.of(DONE);
      assertTrue(allowed.containsAll(outcomes), outcomes::toString);
      assertOneOfTheVersions(key);
    }
  }

  @Test
  default void reads_duringOverwrites_seeOneWholeVersion() throws InterruptedException {
    tck().put(SHARED, 64 << 10);
    CyclicBarrier start = new CyclicBarrier(4);
    CountDownLatch writers = new CountDownLatch(2);
    Crew crew = Crew.ofPlatform();
    for (int i = 0; i < 2; i++) {
      List<FencedPage> versions = List.of(version(SHARED, i), version(SHARED, i + 2));
      crew.start(() -> {
        start.await();
        try {
          setAgainAndAgain(versions, OnePageRules.OVERWRITE);
        } finally {
          writers.countDown();
        }
      });
      crew.start(() -> {
        start.await();
        do {
          assertOneOfTheVersions(SHARED);
        } while (writers.getCount() > 0);
      });
    }
    crew.join();
  }

  @Test
  default void reads_duringSetsOfAnotherLength_findTheirOwnOrMismatch()
      throws InterruptedException {
    int[] bytes = {4096, 9000};
    tck().put(SHARED, bytes[0]);
    Crew crew = Crew.ofPlatform();
    for (int each : bytes) {
      FencedPage source = tck().pages().source(SHARED, each);
      crew.start(() -> setAgainAndAgain(List.of(source), CallOptions.DEFAULT));
      crew.start(() -> {
        for (int n = 0; n < 60; n++) {
          assertItsOwnOrMismatch(bytes[n % 2]);
        }
      });
    }
    crew.join();
  }

  private void setAgainAndAgain(List<FencedPage> sources, CallOptions options) {
    for (int n = 0; n < 60; n++) {
      Page source = sources.get(n % sources.size()).page();
      assertTrue(tck().store().set(source, options).success());
    }
  }

  private void assertItsOwnOrMismatch(int bytes) {
    FencedPage target = tck().pages().target(SHARED, bytes);
    Outcome outcome = tck().store().get(target.page());
    assertTrue(Set.of(DONE, MISMATCH).contains(outcome), outcome::toString);
    if (outcome == DONE) {
      target.assertHolds(Content.of(SHARED));
    }
  }

  private void mixedCall(int kind, FencedPages pages, PageKey key) {
    switch (kind) {
      case 0 -> assertTrue(tck().store().set(pages.source(key, 2048).page()).success());
      case 1 -> {
        Outcome outcome = tck().store().batchDelete(List.of(key)).get(0);
        assertTrue(
            tck().has(Feature.DELETES)
                ? Set.of(DONE, ABSENT).contains(outcome)
                : outcome == Outcome.FAILED_REFUSED,
            outcome::toString);
      }
      case 2 -> {
        Outcome outcome = tck().store().batchPresent(List.of(key)).get(0);
        assertTrue(Set.of(DONE, ABSENT).contains(outcome), outcome::toString);
      }
      default -> {
        FencedPage target = pages.target(key, 2048);
        Outcome outcome = tck().store().get(target.page());
        if (outcome == DONE) {
          target.assertHolds(Content.of(key));
        } else {
          assertEquals(ABSENT, outcome);
          target.assertUntouched();
        }
      }
    }
  }

  /** Sets one key from all threads at once, each its own version. */
  private Queue<Outcome> race(PageKey key, CallOptions options) throws InterruptedException {
    Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Crew crew = Crew.ofPlatform();
    for (int i = 0; i < THREADS; i++) {
      FencedPage source = version(key, i);
      crew.start(() -> {
        start.await();
        outcomes.add(tck().store().set(source.page(), options));
      });
    }
    crew.join();
    return outcomes;
  }

  private FencedPage version(PageKey key, int version) {
    return tck().pages().source(key, Content.of(key, version), versionBytes(key));
  }

  private static int versionBytes(PageKey key) {
    return key.equals(SHARED) ? 64 << 10 : 16 << 10;
  }

  private void assertOneOfTheVersions(PageKey key) {
    FencedPage target = tck().pages().target(key, versionBytes(key));
    assertEquals(DONE, tck().store().get(target.page()));
    assertTrue(
        IntStream.range(0, THREADS).anyMatch(i -> target.holds(Content.of(key, i))),
        "the page is not what any one writer wrote");
  }
}
