package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Latent rows of multi-head latent attention, the same on every tensor-parallel rank (SGLang
 * 0.5.23, {@code MLATokenToKVPoolHost}). With L layers, S slots, pages of P tokens and rows of C
 * elements, {@code kv_buffer} is (L, S, 1, C) in {@link PageLayout#LAYER_FIRST}, (S, L, 1, C) in
 * {@link PageLayout#PAGE_FIRST} and (S/P, L, P, 1, C) in {@link PageLayout#PAGE_FIRST_DIRECT}.
 *
 * <p>Under decode context parallelism the engine's slots are logical: a page of P logical tokens
 * keeps P/{@code dcpSize} of them on each rank.
 *
 * @param layout the order
 * @param slots token slots as the engine counts them: logical ones under DCP
 * @param layers layers of this pipeline stage, packed draft layers behind them
 * @param rowElements elements of a row: {@code kv_lora_rank + qk_rope_head_dim}, or what overrides
 *     it (656 for FP8 rows of DeepSeek sparse attention)
 * @param elementBytes bytes of an element
 * @param dcpSize decode context-parallel size; divides the tokens of a page; 1 for none
 */
public record MlaShape(
    PageLayout layout, PoolSlots slots, int layers, int rowElements, int elementBytes, int dcpSize)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, a page is too long, the pool overflows, the
   *     DCP size does not divide a page, or the layout is not one of the pool's
   */
  public MlaShape {
    Layouts.refusePageHead(layout, "a latent pool");
    Objects.requireNonNull(slots, "slots");
    Counts.positive("row elements", rowElements);
    Counts.positive("element bytes", elementBytes);
    Counts.positive("dcp size", dcpSize);
    if (slots.pageTokens() % dcpSize != 0) {
      throw new IllegalArgumentException(
          "dcp size %d: must divide the page tokens %d".formatted(dcpSize, slots.pageTokens()));
    }
    pageAxes(layout, slots, layers, (long) rowElements * elementBytes, dcpSize);
  }

  /**
   * Makes the shape of a pool without decode context parallelism.
   *
   * @param layout the order
   * @param slots token slots
   * @param layers layers of this pipeline stage, packed draft layers behind them
   * @param rowElements elements of a row
   * @param elementBytes bytes of an element
   */
  public MlaShape(
      PageLayout layout, PoolSlots slots, int layers, int rowElements, int elementBytes) {
    this(layout, slots, layers, rowElements, elementBytes, 1);
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
    return true;
  }

  @Override
  public Optional<PageAxes> axes() {
    return Optional.of(pageAxes());
  }

  private PageAxes pageAxes() {
    return pageAxes(layout, slots, layers, (long) rowElements * elementBytes, dcpSize);
  }

  private static PageAxes pageAxes(
      PageLayout layout, PoolSlots slots, int layers, long rowBytes, int dcpSize) {
    PageForm form = new PageForm(layout, 1, layers, slots.pageTokens() / dcpSize, 1, rowBytes);
    return PageAxes.of(form, slots.pages());
  }
}
