package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hicache.PageKey;
import java.util.List;

/**
 * Threads that read pages all the time, for whom every call must succeed whatever others suffer.
 */
final class Neighbours implements AutoCloseable {
  private static final int THREADS = 3;

  private final StoreUnderTest tck;
  private final List<PageKey> keys;
  private final int bytes;
  private final Crew crew = Crew.ofPlatform();
  private volatile boolean over;

  /** Starts the threads on pages that are there. */
  Neighbours(StoreUnderTest tck, List<PageKey> keys, int bytes) {
    this.tck = tck;
    this.keys = keys;
    this.bytes = bytes;
    for (int i = 0; i < THREADS; i++) {
      crew.start(this::read);
    }
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

  private void read() {
    List<FencedPage> targets = tck.pages().targets(keys, bytes);
    do {
      targets.forEach(FencedPage::release);
      BatchRules.assertAll(DONE, tck.store().batchGet(BatchRules.pages(targets)));
      targets.forEach(target -> target.assertHolds(Content.of(target.key())));
      assertFalse(Thread.currentThread().isInterrupted(), "nobody interrupted this thread");
    } while (!over);
  }
}
