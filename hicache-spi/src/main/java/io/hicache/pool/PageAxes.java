package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A pool whose pages are strided arrays in one buffer: the form of a flat page, and where its bytes
 * lie in the pool.
 *
 * @param form extents and order of a flat page
 * @param strides of a page in the pool
 * @param pageStride bytes from one page to the next
 */
public record PageAxes(PageForm form, Strides strides, long pageStride) {
  /** Checks that nothing is missing. */
  public PageAxes {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(strides, "strides");
  }

  /**
   * Lays pages into one buffer as SGLang does: with S slots a half is (L, S, H, b) in {@link
   * PageLayout#LAYER_FIRST}; otherwise one page after another, each in its flat order.
   *
   * @param form extents and order
   * @param pages how many pages
   * @throws IllegalArgumentException if the buffer would not fit 63 bits
   */
  static PageAxes of(PageForm form, long pages) {
    long half = Counts.product("half of a pool", pages, form.halfBytes());
    Counts.product("pool", form.halves(), half);
    Strides flat = form.strides();
    return form.layout() == PageLayout.LAYER_FIRST
        ? new PageAxes(
            form,
            new Strides(half, pages * form.layerBytes(), flat.token(), flat.head()),
            form.layerBytes())
        : new PageAxes(
            form, new Strides(half, flat.layer(), flat.token(), flat.head()), form.halfBytes());
  }

  /** Returns the bytes of the buffer. */
  long bufferBytes() {
    return form.halves() * strides.half();
  }

  /** Keys of every layer, then values of every layer. */
  PageRuns flatRuns() {
    List<PageRun> runs = new ArrayList<>();
    for (int half = 0; half < form.halves(); half++) {
      for (int layer = 0; layer < scatteredLayers(); layer++) {
        runs.add(run(half, layer));
      }
    }
    return PageRuns.of(runs);
  }

  /** Layer by layer, keys then values of each. */
  PageRuns pointerRuns() {
    List<PageRun> runs = new ArrayList<>();
    for (int layer = 0; layer < scatteredLayers(); layer++) {
      for (int half = 0; half < form.halves(); half++) {
        runs.add(run(half, layer));
      }
    }
    return PageRuns.of(runs);
  }

  private int scatteredLayers() {
    return form.layout() == PageLayout.LAYER_FIRST ? form.layers() : 1;
  }

  private PageRun run(int half, int layer) {
    long offset = half * strides.half() + layer * strides.layer();
    return new PageRun(0, offset, pageStride, form.halfBytes() / scatteredLayers());
  }
}
