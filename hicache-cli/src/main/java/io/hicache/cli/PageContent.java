package io.hicache.cli;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * What the bytes of a page are: a pseudo-random function of its hash, the part and the offset. So
 * one process can check what another wrote, and a byte from another page, part or place shows.
 */
final class PageContent {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The odd number nearest to 2^64 divided by the golden ratio, as SplitMix64 counts by. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final int SEED_DIGITS = Long.BYTES * 2;

  private PageContent() {}

  /** Writes a page's bytes. */
  static void fill(Page page) {
    for (int part = 0; part < page.parts().size(); part++) {
      MemorySegment bytes = segment(page.parts().get(part));
      long state = seed(page.key(), part);
      for (long offset = 0; offset < bytes.byteSize(); offset += Long.BYTES) {
        state += STEP;
        bytes.set(WORD, offset, mixed(state));
      }
    }
  }

  /** Returns how many of a page's bytes are not what they must be. */
  static long wrongBytes(Page page) {
    long wrong = 0;
    for (int part = 0; part < page.parts().size(); part++) {
      MemorySegment bytes = segment(page.parts().get(part));
      long state = seed(page.key(), part);
      for (long offset = 0; offset < bytes.byteSize(); offset += Long.BYTES) {
        state += STEP;
        wrong += differingBytes(bytes.get(WORD, offset) ^ mixed(state));
      }
    }
    return wrong;
  }

  private static int differingBytes(long difference) {
    int bytes = 0;
    for (long rest = difference; rest != 0; rest >>>= Byte.SIZE) {
      bytes += (rest & 0xff) == 0 ? 0 : 1;
    }
    return bytes;
  }

  private static long seed(PageKey key, int part) {
    long hash = HexFormat.fromHexDigitsToLong(key.value(), 0, SEED_DIGITS);
    return mixed(hash + mixed(part + 1L));
  }

  /**
   * SplitMix64's finaliser (Steele, Lea and Flood, OOPSLA 2014; constants of Stafford's mix 13).
   */
  private static long mixed(long state) {
    long mix = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mix = (mix ^ (mix >>> 27)) * 0x94d049bb133111ebL;
    return mix ^ (mix >>> 31);
  }

  private static MemorySegment segment(Part part) {
    return ((HostPart) part).segment();
  }
}
