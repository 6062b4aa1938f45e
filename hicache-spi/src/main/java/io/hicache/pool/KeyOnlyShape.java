package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keys without values (SGLang 0.5.23, {@code MHATokenToKOnlyPoolHost}): the key half of {@link
 * MhaShape}. SGLang lists no pointers of it in {@link PageLayout#LAYER_FIRST} and has no {@link
 * PageLayout#PAGE_HEAD} of it.
 *
 * @param layout the order
 * @param slots token slots
 * @param layers layers of this pipeline stage
 * @param heads key heads of this rank
 * @param headDim elements of a head
 * @param elementBytes bytes of an element
 */
public record KeyOnlyShape(
    PageLayout layout, PoolSlots slots, int layers, int heads, int headDim, int elementBytes)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, a page is too long, the pool overflows, or
   *     the layout is not one of the pool's
   */
  public KeyOnlyShape {
    Layouts.refusePageHead(layout, "a key-only pool");
    Objects.requireNonNull(slots, "slots");
    Counts.positive("head dim", headDim);
    Counts.positive("element bytes", elementBytes);
    pageAxes(layout, slots, layers, heads, (long) headDim * elementBytes);
  }

  @Override
  public List<PoolBuffer> buffers() {
    return List.of(new PoolBuffer("k_buffer", pageAxes().bufferBytes()));
  }

  @Override
  public PageRuns flatRuns() {
    return pageAxes().flatRuns();
  }

  @Override
  public PageRuns pointerRuns() {
    return layout == PageLayout.LAYER_FIRST
        ? PageRuns.refused("layout layer_first: a key-only pool has no pointers in it")
        : pageAxes().pointerRuns();
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
    PageForm form = new PageForm(layout, 1, layers, slots.pageTokens(), heads, rowBytes);
    return PageAxes.of(form, slots.pages());
  }
}
