package io.hicache.tck;

import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import io.hicache.PageKey;
import java.util.List;

/** A read that is interrupted: each target holds its page or is as it was. */
final class InterruptedGet implements Interruption.Round {
  static final int BYTES = 32 << 10;

  private final StoreUnderTest tck;
  private final List<FencedPage> targets;

  InterruptedGet(StoreUnderTest tck, List<PageKey> keys) {
    this.tck = tck;
    this.targets = tck.pages().targets(keys, BYTES);
  }

  @Override
  public void prepare(int number) {
    targets.forEach(FencedPage::release);
  }

  @Override
  public BatchResult call() {
    return tck.store().batchGet(BatchRules.pages(targets));
  }

  @Override
  public void check(BatchResult result) {
    Interruption.assertDoneOrSkipped(result);
    for (int i = 0; i < targets.size(); i++) {
      FencedPage target = targets.get(i);
      if (result.get(i) == DONE) {
        target.assertHolds(Content.of(target.key()));
      } else {
        target.assertUntouched();
      }
    }
  }
}
