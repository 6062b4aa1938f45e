package io.hicache.tck;

import io.hicache.PageKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What a page holds in a test: bytes that are a pseudo-random function of a seed and their offset,
 * so that a byte from another page, another version or another place shows. Immutable.
 *
 * <p>The bytes are the words of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) in little-endian
 * order.
 *
 * @param seed which bytes
 */
public record Content(long seed) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /**
   * Returns the content that a page has unless a test says otherwise.
   *
   * @param key the page's key
   */
  public static Content of(PageKey key) {
    return of(key, 0);
  }

  /**
   * Returns one of many contents for a key, to tell whose bytes a page holds.
   *
   * @param key the page's key
   * @param version which content
   */
  public static Content of(PageKey key, int version) {
    long seed = version;
    String name = key.value() + '/' + key.pool();
    for (int i = 0; i < name.length(); i++) {
      seed = mix(seed + name.charAt(i));
    }
    return new Content(seed);
  }

  /**
   * Returns the first bytes of this content.
   *
   * @param length how many
   */
  public byte[] bytes(int length) {
    int words = (length + Long.BYTES - 1) / Long.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(words * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < words; i++) {
      buffer.putLong(mix(seed + i * GOLDEN_GAMMA));
    }
    return Arrays.copyOf(buffer.array(), length);
  }

  /** Writes this content over the parts, one after another. */
  void fill(List<MemorySegment> parts) {
    byte[] bytes = bytes(total(parts));
    int offset = 0;
    for (MemorySegment part : parts) {
      int length = Math.toIntExact(part.byteSize());
      MemorySegment.copy(bytes, offset, part, ValueLayout.JAVA_BYTE, 0, length);
      offset += length;
    }
  }

  /** Returns the first offset at which the parts differ from this content, or −1. */
  long mismatch(List<MemorySegment> parts) {
    MemorySegment bytes = MemorySegment.ofArray(bytes(total(parts)));
    long offset = 0;
    for (MemorySegment part : parts) {
      long length = part.byteSize();
      long differs = MemorySegment.mismatch(bytes, offset, offset + length, part, 0, length);
      if (differs >= 0) {
        return offset + differs;
      }
      offset += length;
    }
    return -1;
  }

  private static int total(List<MemorySegment> parts) {
    return Math.toIntExact(parts.stream().mapToLong(MemorySegment::byteSize).sum());
  }

  private static long mix(long state) {
    long z = state + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
