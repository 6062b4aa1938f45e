package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.List;
import java.util.Objects;

/**
 * Keys and values of different head sizes, in two arrays (SGLang 0.5.23, {@code
 * AsymmetricMHATokenToKVPoolHost}). SGLang lists their pointers but has no flat page of them, so no
 * store keeps them.
 *
 * @param layout {@link PageLayout#PAGE_FIRST} or {@link PageLayout#PAGE_FIRST_DIRECT}
 * @param slots token slots
 * @param layers layers of this pipeline stage
 * @param heads key-value heads of this rank
 * @param keyDim elements of a key head
 * @param valueDim elements of a value head
 * @param elementBytes bytes of an element
 */
public record AsymmetricShape(
    PageLayout layout,
    PoolSlots slots,
    int layers,
    int heads,
    int keyDim,
    int valueDim,
    int elementBytes)
    implements PoolShape {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, a page is too long, the pool overflows, or
   *     the layout is not one of the pool's
   */
  public AsymmetricShape {
    Layouts.pageFirstOnly(layout, "a pool of unequal keys and values");
    Objects.requireNonNull(slots, "slots");
    Counts.positive("key dim", keyDim);
    Counts.positive("value dim", valueDim);
    Counts.positive("element bytes", elementBytes);
    half(layout, slots, layers, heads, (long) keyDim * elementBytes);
    half(layout, slots, layers, heads, (long) valueDim * elementBytes);
  }

  @Override
  public List<PoolBuffer> buffers() {
    return List.of(
        new PoolBuffer("k_buffer", half(keyDim).bufferBytes()),
        new PoolBuffer("v_buffer", half(valueDim).bufferBytes()));
  }

  @Override
  public PageRuns flatRuns() {
    return PageRuns.refused(
        "head dims %d and %d: a pool whose keys and values differ in size has no flat page"
            .formatted(keyDim, valueDim));
  }

  @Override
  public PageRuns pointerRuns() {
    long key = half(keyDim).pageStride();
    long value = half(valueDim).pageStride();
    return PageRuns.of(List.of(new PageRun(0, 0, key, key), new PageRun(1, 0, value, value)));
  }

  @Override
  public boolean replicated() {
    return false;
  }

  private PageAxes half(int dim) {
    return half(layout, slots, layers, heads, (long) dim * elementBytes);
  }

  private static PageAxes half(
      PageLayout layout, PoolSlots slots, int layers, int heads, long rowBytes) {
    PageForm form = new PageForm(layout, 1, layers, slots.pageTokens(), heads, rowBytes);
    return PageAxes.of(form, slots.pages());
  }
}
