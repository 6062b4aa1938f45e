package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keys and values of multi-head or grouped-query attention in one array, keys first (SGLang 0.5.23,
 * {@code MHATokenToKVPoolHost}). With L layers, S slots, pages of P tokens, H heads and rows of D
 * elements, {@code kv_buffer} is
 *
 * <ul>
 *   <li>(2, L, S, H, D) in {@link PageLayout#LAYER_FIRST}: 2·L runs a page;
 *   <li>(2, S, L, H, D) in {@link PageLayout#PAGE_FIRST}, (2, S/P, L, P, H, D) in {@link
 *       PageLayout#PAGE_FIRST_DIRECT} and (2, S/P, H, P, L, D) in {@link PageLayout#PAGE_HEAD}: a
 *       run for the keys and one for the values.
 * </ul>
 *
 * @param layout the order
 * @param slots token slots
 * @param layers layers of this pipeline stage, packed draft layers behind them
 * @param heads key-value heads of this rank
 * @param headDim elements of a head, the same for keys and values
 * @param elementBytes bytes of an element: 2 for bfloat16, 1 for FP8
 */
public record MhaShape(
    PageLayout layout, PoolSlots slots, int layers, int heads, int headDim, int elementBytes)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, a page is too long, or the pool overflows
   */
  public MhaShape {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(slots, "slots");
    Counts.positive("head dim", headDim);
    Counts.positive("element bytes", elementBytes);
    pageAxes(layout, slots, layers, heads, (long) headDim * elementBytes);
  }

  @Override
  public List<PoolBuffer> buffers() {
    return List.of(new PoolBuffer("kv_buffer", pageAxes().bufferBytes()));
  }

  @Override
  public PageRuns flatRuns() {
    return pageAxes().flatRuns();
  }

  @Override
  public PageRuns pointerRuns() {
    return pageAxes().pointerRuns();
  }

  @Override
  public boolean replicated() {
    return false;
  }

  @Override
  public Optional<PageAxes> axes() {
    return Optional.of(pageAxes());
  }

  private PageAxes pageAxes() {
    return pageAxes(layout, slots, layers, heads, (long) headDim * elementBytes);
  }

  private static PageAxes pageAxes(
      PageLayout layout, PoolSlots slots, int layers, int heads, long rowBytes) {
    PageForm form = new PageForm(layout, 2, layers, slots.pageTokens(), heads, rowBytes);
    return PageAxes.of(form, slots.pages());
  }
}
