package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps pages that have no name in a store out of its batches: each is refused, the rest go on. */
final class Nameable {
  private Nameable() {}

  /**
   * Runs a batch.
   *
   * @param items what it is over
   * @param key an item's page
   * @param names what pages are called
   * @param batch runs it over those items that have a name
   * @param <T> a page or a key
   */
  static <T> BatchResult run(
      List<T> items,
      Function<T, PageKey> key,
      PageNames names,
      Function<List<T>, BatchResult> batch) {
    if (items.isEmpty()) {
      return BatchResult.all(0, Outcome.SKIPPED);
    }
    try {
      return whole(items, key, names, batch);
    } catch (HiCacheException e) {
      return BatchResult.allFailed(items.size(), e); // the call lacks what names need
    }
  }

  private static <T> BatchResult whole(
      List<T> items,
      Function<T, PageKey> key,
      PageNames names,
      Function<List<T>, BatchResult> batch) {
    if (names.nameAll()) {
      return batch.apply(items);
    }
    @Nullable Outcome[] outcomes = new Outcome[items.size()];
    List<T> named = new ArrayList<>(items.size());
    int firstRefused = items.size();
    HiCacheException refusal = null;
    for (int i = 0; i < outcomes.length; i++) {
      try {
        names.name(key.apply(items.get(i)));
        named.add(items.get(i));
      } catch (HiCacheException e) {
        outcomes[i] = e.kind().outcome();
        firstRefused = Math.min(firstRefused, i);
        refusal = refusal == null ? e : refusal;
      }
    }
    if (refusal == null) {
      return batch.apply(items);
    }
    BatchResult rest = named.isEmpty() ? BatchResult.all(0, Outcome.SKIPPED) : batch.apply(named);
    return merged(outcomes, refusal, firstRefused, rest);
  }

  private static BatchResult merged(
      @Nullable Outcome[] outcomes, HiCacheException refusal, int firstRefused, BatchResult rest) {
    List<Outcome> all = new ArrayList<>(outcomes.length);
    boolean failedBefore = false;
    int next = 0;
    for (int i = 0; i < outcomes.length; i++) {
      Outcome refused = outcomes[i];
      Outcome outcome = refused == null ? rest.get(next++) : refused;
      failedBefore |= outcome.failed() && i < firstRefused;
      all.add(outcome);
    }
    return BatchResult.of(all, failedBefore ? rest.firstFailure().orElse(refusal) : refusal);
  }
}
