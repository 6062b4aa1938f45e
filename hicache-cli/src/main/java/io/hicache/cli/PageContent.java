package io.hicache.cli;

import io.hicache.PageKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * What the bytes of a page are: a pseudo-random function of its hash, the layer's keys or values,
 * the token, the head and the offset, wherever a layout puts them. So one process can check what
 * another wrote, and a byte from another page, layer, token or place shows.
 */
final class PageContent {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The odd number nearest to 2^64 divided by the golden ratio, as SplitMix64 counts by. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final int ROW_WORDS = DemoModel.ROW_BYTES / Long.BYTES;

  private static final int SEED_DIGITS = Long.BYTES * 2;

  private PageContent() {}

  /** Writes a page's bytes. */
  static void fill(DemoPool pool, int page, PageKey key) {
    MemorySegment memory = pool.memory();
    eachRow(
        pool,
        page,
        key,
        (row, state) -> {
          for (int word = 0; word < ROW_WORDS; word++) {
            memory.setAtIndex(WORD, row / Long.BYTES + word, mixed(after(state, word)));
          }
          return 0;
        });
  }

  /** Returns how many of a page's bytes are not what they must be. */
  static long wrongBytes(DemoPool pool, int page, PageKey key) {
    MemorySegment memory = pool.memory();
    return eachRow(
        pool,
        page,
        key,
        (row, state) -> {
          long wrong = 0;
          for (int word = 0; word < ROW_WORDS; word++) {
            long read = memory.getAtIndex(WORD, row / Long.BYTES + word);
            wrong += differingBytes(read ^ mixed(after(state, word)));
          }
          return wrong;
        });
  }

  /** What is done with a row, which starts at an offset of the memory and with a state. */
  @FunctionalInterface
  private interface RowWork {
    long on(long row, long state);
  }

  /** Walks over a page in the order of a layer-first one; adds up what the work answers. */
  private static long eachRow(DemoPool pool, int page, PageKey key, RowWork work) {
    long sum = 0;
    for (int part = 0; part < DemoModel.PARTS; part++) {
      long state = seed(key, part) + STEP;
      for (int token = 0; token < DemoModel.PAGE_TOKENS; token++) {
        for (int head = 0; head < DemoModel.KV_HEADS; head++) {
          sum += work.on(pool.row(page, part, token, head), state);
          state = after(state, ROW_WORDS);
        }
      }
    }
    return sum;
  }

  /** Counts on by some words; the product wraps around, as the sum of the steps would. */
  private static long after(long state, int words) {
    return state + STEP * words;
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
}
