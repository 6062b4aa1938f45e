package io.hicache.bench.pools;

import io.hicache.Part;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.util.List;
import java.util.function.LongFunction;

/** Works out the parts of page after page. */
final class PartsEntrant implements Entrant {
  private static final int PAGES = 1_024;

  private final CellPool pool;
  private final int pages;
  private final LongFunction<List<Part>> parts;
  private List<Part> last = List.of();
  private long sum;

  /**
   * Makes an entrant.
   *
   * @param workload the pool
   * @param parts answers the parts of the page at a slot
   */
  PartsEntrant(PoolWorkload workload, LongFunction<List<Part>> parts) {
    this.pool = workload.pool();
    this.pages = workload.pages();
    this.parts = parts;
  }

  @Override
  public void prepare(int turn) {}

  @Override
  public void arm() {
    last = List.of();
  }

  @Override
  public Work run() {
    for (int i = 0; i < PAGES; i++) {
      last = parts.apply(pool.slot(i % pages));
      sum += last.getLast().bytes(); // so that no page's parts are left out
    }
    return new Work(PAGES, PAGES, PAGES);
  }

  @Override
  public void verify() {
    long first = pool.memory().address() + (long) (PAGES - 1) % pages * CellPool.PART_BYTES;
    if (last.size() != 2 * CellPool.LAYERS || sum % CellPool.PART_BYTES != 0) {
      throw new IllegalStateException(last.size() + " parts");
    }
    for (int i = 0; i < last.size(); i++) {
      long right = first + (long) i * pages * CellPool.PART_BYTES;
      if (CellPool.memory(last.get(i)).address() != right) {
        throw new IllegalStateException("part " + i + " is not where it must be");
      }
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {}
}
