package io.hicache.pool;

import java.util.List;
import java.util.Objects;

/**
 * The page-by-page array of layout {@code page_unified}: (pages, head groups, L, halves, P, heads
 * of a group, row). SGLang 0.5.23 allocates it but neither reads nor writes a page of it, so its
 * pages have no order that a store could keep.
 *
 * @param slots token slots
 * @param halves 2 for keys and values, 1 for latent rows
 * @param layers layers of this pipeline stage, packed draft layers included
 * @param heads heads of this rank; 1 for latent rows
 * @param headGroups groups the heads are kept in; divides the heads
 * @param rowBytes bytes of one head, or of one latent row
 */
public record UnifiedShape(
    PoolSlots slots, int halves, int layers, int heads, int headGroups, long rowBytes)
    implements PoolShape {

  private static final String REFUSAL = "layout page_unified: a pool in it has no %s";

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, the groups do not divide the heads, or the
   *     pool overflows
   */
  public UnifiedShape {
    Objects.requireNonNull(slots, "slots");
    Counts.positive("halves", halves);
    Counts.positive("layers", layers);
    Counts.positive("heads", heads);
    Counts.positive("head groups", headGroups);
    Counts.positive("row bytes", rowBytes);
    if (heads % headGroups != 0) {
      throw new IllegalArgumentException(
          "head groups %d: must divide the %d heads".formatted(headGroups, heads));
    }
    Counts.product("pool", slots.slots(), halves, layers, heads, rowBytes);
  }

  @Override
  public List<PoolBuffer> buffers() {
    return List.of(new PoolBuffer("kv_buffer", slots.slots() * halves * layers * heads * rowBytes));
  }

  @Override
  public PageRuns flatRuns() {
    return PageRuns.refused(REFUSAL.formatted("flat page"));
  }

  @Override
  public PageRuns pointerRuns() {
    return PageRuns.refused(REFUSAL.formatted("pointers"));
  }

  @Override
  public boolean replicated() {
    return halves == 1;
  }
}
