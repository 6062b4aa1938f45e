package io.hicache.bench.resp;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** How a floor sums the bytes it moves. */
enum Summing {
  /** Not at all. */
  NONE(Integer.MAX_VALUE),
  /** A page as a whole. */
  WHOLE(Integer.MAX_VALUE),
  /** In steps, while they are in the processor's cache. */
  STEPS(256 << 10);

  private final int step;

  Summing(int step) {
    this.step = step;
  }

  /** Returns the most bytes to move before they are summed. */
  int step() {
    return step;
  }

  /** Sums a stretch of a buffer, whose position and limit it leaves. */
  static void sum(ByteBuffer buffer, int from, int to, CRC32C checksum) {
    int position = buffer.position();
    int limit = buffer.limit();
    buffer.limit(to).position(from);
    checksum.update(buffer);
    buffer.limit(limit).position(position);
  }
}
