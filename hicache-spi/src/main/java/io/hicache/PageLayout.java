package io.hicache;

import io.hicache.spi.Quoted;
import java.util.Arrays;
import java.util.Locale;

/**
 * The order of a page's bytes, by the names SGLang gives them. With L layers, P tokens a page, H
 * heads and D elements a head, a flat page of keys and values is one contiguous run in this order.
 */
public enum PageLayout {
  /** (2, L, P, H, D): scattered in a pool of this layout, one run per layer and half. */
  LAYER_FIRST,
  /** (2, P, L, H, D): contiguous per half. */
  PAGE_FIRST,
  /** (2, L, P, H, D): contiguous per half; the same bytes as {@link #LAYER_FIRST}. */
  PAGE_FIRST_DIRECT,
  /** (2, H, P, L, D): contiguous per half and head group. */
  PAGE_HEAD;

  /** Returns SGLang's name, as in {@code page_first}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a layout by SGLang's name; {@code -} and {@code _} are the same.
   *
   * @param label the name
   * @throws IllegalArgumentException if there is no such layout
   */
  public static PageLayout of(String label) {
    return Arrays.stream(values())
        .filter(layout -> layout.label().equals(label.replace('-', '_')))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "layout %s: must be one of %s"
                    .formatted(
                        Quoted.of(label),
                        Arrays.stream(values()).map(PageLayout::label).toList())));
  }
}
