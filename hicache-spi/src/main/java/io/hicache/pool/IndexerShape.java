package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Index keys and scales of sparse attention (SGLang 0.5.23, {@code DSAIndexerPoolHost}): {@code
 * index_k_with_scale_buffer} is (L, pages, row) in {@link PageLayout#LAYER_FIRST} and (pages, L, 1,
 * row) otherwise, with (S + P + 1) / P pages, one or more beyond those in use. A flat page is the
 * layers' rows in every layout. SGLang lists no pointers of it in {@link PageLayout#LAYER_FIRST}.
 *
 * @param layout the order
 * @param slots token slots
 * @param layers layers that have an index
 * @param rowBytes bytes of one page in one layer
 */
public record IndexerShape(PageLayout layout, PoolSlots slots, int layers, long rowBytes)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, a page is too long, the pool overflows, or
   *     the layout is not one of the pool's
   */
  public IndexerShape {
    Layouts.refusePageHead(layout, "a pool of index keys");
    Objects.requireNonNull(slots, "slots");
    Counts.positive("layers", layers);
    Counts.positive("row bytes", rowBytes);
    Counts.product("index_k_with_scale_buffer", bufferPages(slots), layers, rowBytes);
    runs(layout, slots, layers, rowBytes);
  }

  @Override
  public List<PoolBuffer> buffers() {
    long bytes = bufferPages(slots) * layers * rowBytes;
    return List.of(new PoolBuffer("index_k_with_scale_buffer", bytes));
  }

  @Override
  public PageRuns flatRuns() {
    return runs(layout, slots, layers, rowBytes);
  }

  @Override
  public PageRuns pointerRuns() {
    return layout == PageLayout.LAYER_FIRST
        ? PageRuns.refused("layout layer_first: a pool of index keys has no pointers in it")
        : flatRuns();
  }

  @Override
  public boolean replicated() {
    return true;
  }

  private static long bufferPages(PoolSlots slots) {
    return Counts.sum("slots", slots.slots(), slots.pageTokens() + 1L) / slots.pageTokens();
  }

  private static PageRuns runs(PageLayout layout, PoolSlots slots, int layers, long rowBytes) {
    if (layout != PageLayout.LAYER_FIRST) {
      return PageRuns.of(List.of(new PageRun(0, 0, layers * rowBytes, layers * rowBytes)));
    }
    List<PageRun> runs = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      runs.add(new PageRun(0, layer * bufferPages(slots) * rowBytes, rowBytes, rowBytes));
    }
    return PageRuns.of(runs);
  }
}
