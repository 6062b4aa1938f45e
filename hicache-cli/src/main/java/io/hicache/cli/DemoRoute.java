package io.hicache.cli;

import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.spi.CommonOptions;
import java.util.Map;
import java.util.Optional;

/**
 * How one of the demo's processes lays its pages out, and how it names them to the store.
 *
 * @param layout the order of its pool
 * @param bySlot whether it names slots of a host pool, rather than the memory of each page
 */
record DemoRoute(PageLayout layout, boolean bySlot) {

  /**
   * Returns the way of the process that stores.
   *
   * @param asked the layout that the user asked for, which makes host pools of both pools
   */
  static DemoRoute of(Optional<PageLayout> asked) {
    return new DemoRoute(asked.orElse(PageLayout.LAYER_FIRST), asked.isPresent());
  }

  /**
   * Returns the way of the process that restores: into the next layout of SGLang's, so that a page
   * of the one is never a page of the other as it lies.
   */
  DemoRoute back() {
    PageLayout other =
        switch (layout) {
          case LAYER_FIRST -> PageLayout.PAGE_FIRST;
          case PAGE_FIRST -> PageLayout.PAGE_FIRST_DIRECT;
          case PAGE_FIRST_DIRECT -> PageLayout.PAGE_HEAD;
          case PAGE_HEAD -> PageLayout.LAYER_FIRST;
        };
    return bySlot ? new DemoRoute(other, true) : this;
  }

  /**
   * Returns the order of a stored page's bytes: this pool's, unless an option says another. Without
   * slots the store has no say: it keeps a page's parts as they are given.
   */
  PageLayout stored(String backend, Map<String, String> options) {
    StorageConfig config = BackendOptions.with(DemoModel.CONFIG.withLayout(layout), options);
    return bySlot ? CommonOptions.storedLayout(backend, config) : layout;
  }

  /** Returns whose pages they are, in the store; the same for both processes. */
  StorageConfig config(String backend, Map<String, String> options) {
    return BackendOptions.with(DemoModel.CONFIG.withLayout(stored(backend, options)), options);
  }
}
