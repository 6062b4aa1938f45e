package io.hicache.codec;

import java.nio.ByteBuffer;

/** One way to compress, with what it keeps from page to page. Not thread-safe. */
interface Packer extends AutoCloseable {
  /** What {@link #pack} returns where the result would not fit. */
  int TOO_LONG = -1;

  /**
   * Compresses.
   *
   * @param from direct; all of it, from 0 to its limit
   * @param to direct; filled from 0, at most up to its limit
   * @return bytes written, or {@link #TOO_LONG}
   */
  int pack(ByteBuffer from, ByteBuffer to);

  /**
   * Decompresses what may be anything.
   *
   * @param from direct; all of it, from 0 to its limit
   * @param to direct; no byte behind its limit is written, whatever {@code from} holds
   * @return whether it filled {@code to} exactly; if not, what is there is unspecified
   */
  boolean unpack(ByteBuffer from, ByteBuffer to);

  @Override
  void close();
}
