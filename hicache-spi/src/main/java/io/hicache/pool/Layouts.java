package io.hicache.pool;

import io.hicache.PageLayout;
import java.util.Objects;

/** Which layouts a kind of pool comes in. */
final class Layouts {
  private Layouts() {}

  /**
   * Refuses the layout by heads for a pool that SGLang does not build in it.
   *
   * @throws IllegalArgumentException if the layout is {@link PageLayout#PAGE_HEAD}
   */
  static void refusePageHead(PageLayout layout, String kind) {
    if (Objects.requireNonNull(layout, "layout") == PageLayout.PAGE_HEAD) {
      throw new IllegalArgumentException(
          "layout page_head: %s must be layer_first, page_first or page_first_direct"
              .formatted(kind));
    }
  }

  /**
   * Refuses what is not page by page.
   *
   * @throws IllegalArgumentException unless the layout is {@link PageLayout#PAGE_FIRST} or {@link
   *     PageLayout#PAGE_FIRST_DIRECT}
   */
  static void pageFirstOnly(PageLayout layout, String kind) {
    Objects.requireNonNull(layout, "layout");
    if (layout != PageLayout.PAGE_FIRST && layout != PageLayout.PAGE_FIRST_DIRECT) {
      throw new IllegalArgumentException(
          "layout %s: %s must be page_first or page_first_direct".formatted(layout.label(), kind));
    }
  }
}
