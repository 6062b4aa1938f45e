package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** One line per key of a batch that moves no page. */
final class KeyRows {
  private KeyRows() {}

  /** Checks all keys before any is asked for. */
  static List<PageKey> keys(List<String> values) {
    return values.stream().map(PageKey::new).toList();
  }

  /**
   * Prints what became of each key.
   *
   * @param done what {@link Outcome#DONE} means here
   * @throws HiCacheException the first failure, if there was one
   */
  static void print(Results results, List<PageKey> keys, BatchResult result, String done) {
    StringJoiner text = new StringJoiner("\n");
    Map<String, String> json = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Outcome outcome = result.get(i);
      json.put(keys.get(i).value(), outcome.toString());
      text.add(keys.get(i).value() + "\t" + said(outcome, done));
    }
    results.print(json, text.toString());
    result
        .firstFailure()
        .ifPresent(failure -> {
          throw failure;
        });
  }

  private static String said(Outcome outcome, String done) {
    return switch (outcome) {
      case DONE -> done;
      case ABSENT -> "absent";
      default -> outcome.toString();
    };
  }
}
