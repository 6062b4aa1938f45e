package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.BatchResult;
import io.hicache.Feature;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.List;

/** A delete that is interrupted: each page is gone or still there, as its outcome says. */
final class InterruptedDelete implements Interruption.Round {
  private final StoreUnderTest tck;
  private final List<PageKey> keys = BatchRules.keys("interrupted", 64);

  InterruptedDelete(StoreUnderTest tck) {
    this.tck = tck;
  }

  @Override
  public void prepare(int number) {
    BatchResult present = tck.store().batchPresent(keys);
    List<PageKey> absent =
        keys.stream().filter(key -> present.get(keys.indexOf(key)) == ABSENT).toList();
    tck.putAll(absent, 256);
  }

  @Override
  public BatchResult call() {
    return tck.store().batchDelete(keys);
  }

  @Override
  public void check(BatchResult result) {
    if (!tck.has(Feature.DELETES)) {
      BatchRules.assertAll(FAILED_REFUSED, result);
      return;
    }
    Interruption.assertDoneOrSkipped(result);
    List<Outcome> left =
        result.outcomes().stream().map(each -> each == DONE ? ABSENT : DONE).toList();
    assertEquals(left, tck.store().batchPresent(keys).outcomes());
  }
}
