package io.hicache.tck;

import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import java.util.List;

/** A write that is interrupted: each page is stored whole, or was never begun. */
final class InterruptedSet implements Interruption.Round {
  private static final int PAGES = 48;
  private static final int BYTES = 4096;

  private final StoreUnderTest tck;
  private List<FencedPage> sources = List.of();

  InterruptedSet(StoreUnderTest tck) {
    this.tck = tck;
  }

  @Override
  public void prepare(int number) {
    sources = tck.pages().sources(BatchRules.keys("interrupted-" + number, PAGES), BYTES);
  }

  @Override
  public BatchResult call() {
    return tck.store().batchSet(BatchRules.pages(sources));
  }

  @Override
  public void check(BatchResult result) {
    Interruption.assertDoneOrSkipped(result);
    for (int i = 0; i < sources.size(); i++) {
      if (result.get(i) == DONE) {
        tck.assertStored(sources.get(i).key(), BYTES);
      } else {
        tck.assertAbsent(sources.get(i).key());
      }
    }
  }
}
