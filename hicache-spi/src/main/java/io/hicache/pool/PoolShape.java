package io.hicache.pool;

import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of every page of a pool lie. The records of this package are SGLang 0.5.23's
 * pools; an engine with memory of its own order may implement another.
 *
 * <p>A shape is arithmetic only: immutable, without memory, checked when made.
 */
public interface PoolShape {

  /** Returns the slots by which the engine names pages; logical ones under DCP. */
  PoolSlots slots();

  /** Returns the arrays the pool is made of. */
  List<PoolBuffer> buffers();

  /**
   * Returns the runs of a page in flat-page order: the order of the bytes that {@code
   * get_data_page(slot, flat=True)} of SGLang answers and a store keeps.
   */
  PageRuns flatRuns();

  /**
   * Returns the runs of a page in the order in which SGLang's {@code get_page_buffer_meta} lists
   * pointers. It differs from flat-page order where keys and values alternate by layer.
   */
  PageRuns pointerRuns();

  /**
   * Tells whether every tensor-parallel rank holds the same bytes, so that one of them writes for
   * all; if not, the rank is part of what a page is.
   */
  boolean replicated();

  /** Returns the axes of a page, where its flat page can be permuted into other layouts. */
  default Optional<PageAxes> axes() {
    return Optional.empty();
  }
}
