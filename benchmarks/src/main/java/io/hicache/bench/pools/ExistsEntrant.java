package io.hicache.bench.pools;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.util.function.IntSupplier;

/** Asks how many pages can be restored, which is all of them. */
final class ExistsEntrant implements Entrant {
  private final IntSupplier question;
  private int last;

  ExistsEntrant(IntSupplier question) {
    this.question = question;
  }

  @Override
  public void prepare(int turn) {}

  @Override
  public void arm() {
    last = 0;
  }

  @Override
  public Work run() {
    last = question.getAsInt();
    return new Work(ExistsWorkload.PAGES, last, last);
  }

  @Override
  public void verify() {
    if (last != ExistsWorkload.PAGES) {
      throw new IllegalStateException("%d pages, not all".formatted(last));
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {}
}
