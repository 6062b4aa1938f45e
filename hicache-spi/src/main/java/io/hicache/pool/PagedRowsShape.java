package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One row of bytes per page and layer (SGLang 0.5.23, {@code DeepSeekV4PagedHostPool}): an array
 * (pages, row) per layer in {@link PageLayout#LAYER_FIRST}, else one array (pages, L, row). A flat
 * page is the layers' rows in every layout.
 *
 * @param layout the order
 * @param slots token slots
 * @param layers layers
 * @param rowBytes bytes of one page in one layer
 */
public record PagedRowsShape(PageLayout layout, PoolSlots slots, int layers, long rowBytes)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, a page is too long, the pool overflows, or
   *     the layout is not one of the pool's
   */
  public PagedRowsShape {
    Layouts.refusePageHead(layout, "a pool of paged rows");
    Objects.requireNonNull(slots, "slots");
    Counts.positive("layers", layers);
    Counts.positive("row bytes", rowBytes);
    Counts.product("pool", slots.pages(), layers, rowBytes);
    runs(layout, layers, rowBytes);
  }

  @Override
  public List<PoolBuffer> buffers() {
    if (layout != PageLayout.LAYER_FIRST) {
      return List.of(new PoolBuffer("kv_buffer", slots.pages() * layers * rowBytes));
    }
    List<PoolBuffer> buffers = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      buffers.add(new PoolBuffer("kv_buffer[" + layer + "]", slots.pages() * rowBytes));
    }
    return List.copyOf(buffers);
  }

  @Override
  public PageRuns flatRuns() {
    return runs(layout, layers, rowBytes);
  }

  @Override
  public PageRuns pointerRuns() {
    return flatRuns();
  }

  @Override
  public boolean replicated() {
    return true;
  }

  private static PageRuns runs(PageLayout layout, int layers, long rowBytes) {
    if (layout != PageLayout.LAYER_FIRST) {
      return PageRuns.of(List.of(new PageRun(0, 0, layers * rowBytes, layers * rowBytes)));
    }
    List<PageRun> runs = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      runs.add(new PageRun(layer, 0, rowBytes, rowBytes));
    }
    return PageRuns.of(runs);
  }
}
