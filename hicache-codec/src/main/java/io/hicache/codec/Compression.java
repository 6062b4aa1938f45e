package io.hicache.codec;

import org.jspecify.annotations.Nullable;

/** How the bytes of a stored page are compressed. */
public enum Compression {
  /** They are not. */
  OFF(0),
  /** As one Zstandard frame (RFC 8878). */
  ZSTD(1),
  /** As one block of LZ4, without its frame (lz4's {@code doc/lz4_Block_format.md}). */
  LZ4(2);

  private final byte id;

  Compression(int id) {
    this.id = (byte) id;
  }

  /** Its number in a header. */
  byte id() {
    return id;
  }

  /** Returns the one of a number; null if this release knows none. */
  static @Nullable Compression of(byte id) {
    for (Compression each : values()) {
      if (each.id == id) {
        return each;
      }
    }
    return null;
  }
}
