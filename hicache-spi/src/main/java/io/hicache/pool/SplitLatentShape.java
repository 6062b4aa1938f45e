package io.hicache.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Latent rows split over several arrays, page by page (SGLang 0.5.23, layout {@code
 * page_first_kv_split} of {@code MLATokenToKVPoolHost}): {@code k_buffer}, {@code v_buffer} and,
 * for sparse attention, {@code index_k_buffer} and {@code index_k_scale_buffer}, each (S/P, layers,
 * P, 1, width). SGLang lists their pointers but has no flat page of them, so no store keeps them.
 *
 * @param slots token slots
 * @param arrays the arrays in the order above
 */
public record SplitLatentShape(PoolSlots slots, List<Array> arrays) implements PoolShape {

  /**
   * One of the arrays.
   *
   * @param name SGLang's name for it
   * @param layers layers that have it
   * @param rowBytes bytes of one token's row
   * @param listed whether SGLang lists a pointer to it: not to the values under packed FP8, whose
   *     bytes are in the keys' rows
   */
  public record Array(String name, int layers, long rowBytes, boolean listed) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Array {
      Objects.requireNonNull(name, "name");
      Counts.positive("layers of " + name, layers);
      Counts.positive("row bytes of " + name, rowBytes);
    }
  }

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if there is no array, or one overflows
   */
  public SplitLatentShape {
    Objects.requireNonNull(slots, "slots");
    arrays = List.copyOf(arrays);
    Counts.positive("arrays", arrays.size());
    for (Array array : arrays) {
      Counts.product(array.name, slots.slots(), array.layers, array.rowBytes);
    }
  }

  @Override
  public List<PoolBuffer> buffers() {
    return arrays.stream()
        .map(array -> new PoolBuffer(array.name, slots.pages() * pageBytes(array)))
        .toList();
  }

  @Override
  public PageRuns flatRuns() {
    return PageRuns.refused("layout page_first_kv_split: a pool in it has no flat page");
  }

  @Override
  public PageRuns pointerRuns() {
    List<PageRun> runs = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i).listed) {
        long bytes = pageBytes(arrays.get(i));
        runs.add(new PageRun(i, 0, bytes, bytes));
      }
    }
    return PageRuns.of(runs);
  }

  @Override
  public boolean replicated() {
    return true;
  }

  private long pageBytes(Array array) {
    return array.rowBytes * array.layers * slots.pageTokens();
  }
}
