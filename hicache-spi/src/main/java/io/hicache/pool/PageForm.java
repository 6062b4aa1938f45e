package io.hicache.pool;

import io.hicache.Page;
import io.hicache.PageLayout;
import java.util.Objects;

/**
 * The order and extents of a flat page: which bytes stand where once a page lies in one piece.
 *
 * <p>With L layers, P tokens, H heads and rows of b bytes, each half is (L, P, H, b) in {@link
 * PageLayout#LAYER_FIRST} and {@link PageLayout#PAGE_FIRST_DIRECT}, (P, L, H, b) in {@link
 * PageLayout#PAGE_FIRST} and (H, P, L, b) in {@link PageLayout#PAGE_HEAD}, keys before values
 * (SGLang 0.5.23, {@code get_data_page} of {@code mem_cache/pool_host}).
 *
 * @param layout the order
 * @param halves 2 for keys and values, 1 for what is one array
 * @param layers layers, packed draft layers included
 * @param tokens tokens that this rank keeps of a page
 * @param heads heads of this rank, or of a head group; 1 for latent rows
 * @param rowBytes bytes of one head, or of one latent row
 */
public record PageForm(
    PageLayout layout, int halves, int layers, int tokens, int heads, long rowBytes) {

  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException if one is below 1, or the page exceeds {@value Page#MAX_BYTES}
   *     bytes
   */
  public PageForm {
    Objects.requireNonNull(layout, "layout");
    Counts.positive("halves", halves);
    Counts.positive("layers", layers);
    Counts.positive("tokens", tokens);
    Counts.positive("heads", heads);
    Counts.positive("row bytes", rowBytes);
    long bytes = Counts.product("page", halves, layers, tokens, heads, rowBytes);
    if (bytes > Page.MAX_BYTES) {
      throw new IllegalArgumentException(
          "page of %d × %d × %d × %d × %d = %d bytes: must be at most %d bytes"
              .formatted(halves, layers, tokens, heads, rowBytes, bytes, Page.MAX_BYTES));
    }
  }

  /** Returns the bytes of the flat page. */
  public long bytes() {
    return halves * halfBytes();
  }

  /** Returns the bytes of the keys, or of the values. */
  public long halfBytes() {
    return layers * layerBytes();
  }

  /** Returns the bytes of one layer of one half. */
  public long layerBytes() {
    return tokens * tokenBytes();
  }

  /** Returns the bytes of one token in one layer of one half. */
  public long tokenBytes() {
    return heads * rowBytes;
  }

  /** Returns the strides of the flat page. */
  public Strides strides() {
    return switch (layout) {
      case LAYER_FIRST, PAGE_FIRST_DIRECT ->
          new Strides(halfBytes(), layerBytes(), tokenBytes(), rowBytes);
      case PAGE_FIRST -> new Strides(halfBytes(), tokenBytes(), layers * tokenBytes(), rowBytes);
      case PAGE_HEAD ->
          new Strides(halfBytes(), rowBytes, layers * rowBytes, rowBytes * layers * tokens);
    };
  }

  /**
   * Returns the form of the same logical page in another layout.
   *
   * @param other the layout
   */
  public PageForm in(PageLayout other) {
    return new PageForm(other, halves, layers, tokens, heads, rowBytes);
  }

  /**
   * Returns the form of one of several equal groups of heads.
   *
   * @param groups how many groups; divides the heads
   * @throws IllegalArgumentException if it does not
   */
  public PageForm headGroup(int groups) {
    if (groups < 1 || heads % groups != 0) {
      throw new IllegalArgumentException(
          "head groups %d: must divide the %d heads".formatted(groups, heads));
    }
    return new PageForm(layout, halves, layers, tokens, heads / groups, rowBytes);
  }
}
