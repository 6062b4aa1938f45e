package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hicache.PageKey;
import io.hicache.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that read pages all the time, for whom every call must succeed whatever others suffer.
 */
final class Neighbours implements AutoCloseable {
  private static final int THREADS = 2;

  private final StoreUnderTest tck;
  private final List<List<FencedPage>> targets = new ArrayList<>();
  private final Crew crew = Crew.ofPlatform();
  private volatile boolean over;

  /** Starts the threads on pages that are there. */
  Neighbours(StoreUnderTest tck, List<PageKey> keys, int bytes) {
    this.tck = tck;
    for (int i = 0; i < THREADS; i++) {
      List<FencedPage> own = tck.pages().targets(keys, bytes);
      targets.add(own);
      crew.start(() -> read(own));
    }
  }

  /** Returns memory that the threads read into. */
  Region region() {
    return targets.getFirst().getFirst().region();
  }

  /** Ends the threads; fails if a call of theirs did not succeed. */
  void join() throws InterruptedException {
    over = true;
    crew.join();
  }

  @Override
  public void close() {
    over = true;
  }

  private void read(List<FencedPage> own) {
    do {
      own.forEach(FencedPage::release);
      BatchRules.assertAll(DONE, tck.store().batchGet(BatchRules.pages(own)));
      own.forEach(target -> target.assertHolds(Content.of(target.key())));
      assertFalse(Thread.currentThread().isInterrupted(), "nobody interrupted this thread");
    } while (!over);
  }
}
