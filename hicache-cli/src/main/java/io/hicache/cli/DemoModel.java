package io.hicache.cli;

import io.hicache.StorageConfig;

/**
 * The model that the demo pretends to serve, of the shape of a 1.5-billion-parameter transformer
 * with grouped queries and an 8-bit cache: large enough that its pages are real work, small enough
 * that a prompt's pages fit anywhere.
 */
final class DemoModel {
  static final int LAYERS = 28;
  static final int KV_HEADS = 2;
  static final int HEAD_ELEMENTS = 128;
  static final int PAGE_TOKENS = 64;

  /** One head of one token, keys or values, in one layer: one byte an element. */
  static final int ROW_BYTES = HEAD_ELEMENTS;

  /** Keys, or values, of one layer. */
  static final int PART_BYTES = PAGE_TOKENS * KV_HEADS * ROW_BYTES;

  /** Keys of every layer, then values of every layer. */
  static final int PARTS = 2 * LAYERS;

  static final int PAGE_BYTES = PARTS * PART_BYTES;

  /** Whose pages they are, in the store. */
  static final StorageConfig CONFIG =
      StorageConfig.of("hicache-demo", "float8_e4m3fn", PAGE_TOKENS);

  private DemoModel() {}

  static String description() {
    return "%d bytes in %d parts (%d layers, keys and values, %d heads of %d, 8-bit floats)"
        .formatted(PAGE_BYTES, PARTS, LAYERS, KV_HEADS, HEAD_ELEMENTS);
  }
}
