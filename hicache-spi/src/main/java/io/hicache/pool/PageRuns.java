package io.hicache.pool;

import io.hicache.Page;
import java.util.List;
import java.util.Objects;

/**
 * The runs that make up a page, in order; or why a pool has no such order. Immutable.
 *
 * <p>A form that SGLang refuses is refused here by name, rather than given an order that nobody
 * else would understand.
 */
public final class PageRuns {
  private final List<PageRun> runs;
  private final String refusal;

  private PageRuns(List<PageRun> runs, String refusal) {
    this.runs = runs;
    this.refusal = refusal;
  }

  /**
   * Makes the runs of a page.
   *
   * @param runs in order; none for a page without bytes
   * @throws IllegalArgumentException if they are more than {@value Page#MAX_BYTES} bytes
   */
  public static PageRuns of(List<PageRun> runs) {
    long bytes = 0;
    for (PageRun run : runs) {
      bytes += Math.min(run.bytes(), Page.MAX_BYTES + 1);
      if (bytes > Page.MAX_BYTES) {
        throw new IllegalArgumentException(
            "page of %d bytes or more: must be at most %d bytes".formatted(bytes, Page.MAX_BYTES));
      }
    }
    return new PageRuns(List.copyOf(runs), "");
  }

  /**
   * Makes the refusal.
   *
   * @param why the form, and what it lacks
   */
  public static PageRuns refused(String why) {
    return new PageRuns(List.of(), Objects.requireNonNull(why, "why"));
  }

  /** Returns why there are no such runs; empty if there are. */
  public String refusal() {
    return refusal;
  }

  /**
   * Returns the runs.
   *
   * @throws IllegalArgumentException saying why, if there are none
   */
  public List<PageRun> runs() {
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
    return runs;
  }

  /** Returns the runs; none if refused. */
  List<PageRun> orNone() {
    return runs;
  }
}
