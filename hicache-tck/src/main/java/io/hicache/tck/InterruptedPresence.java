package io.hicache.tck;

import io.hicache.BatchResult;
import io.hicache.PageKey;
import java.util.List;

/** A question about pages that are there, interrupted: no key of theirs is taken for absent. */
record InterruptedPresence(StoreUnderTest tck, List<PageKey> keys) implements Interruption.Round {

  @Override
  public BatchResult call() {
    return tck.store().batchPresent(keys);
  }

  @Override
  public void check(BatchResult result) {
    Interruption.assertDoneOrSkipped(result);
  }
}
