package io.hicache.tck;

import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MambaShape;
import io.hicache.pool.MhaShape;
import io.hicache.pool.MlaShape;
import io.hicache.pool.PoolShape;
import io.hicache.pool.PoolSlots;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Host pools for one test, each between fences, of 8 pages of 4 tokens where no state is kept.
 * <b>Ownership.</b> The memory lives until the test's store is closed. <b>Threads.</b> Thread-safe.
 */
final class FencedPools {
  /** Bytes of a page of {@link #mha(PoolName, PageLayout)}. */
  static final int PAGE_BYTES = 512;

  /** Bytes of a page of {@link #mamba}. */
  static final int STATE_BYTES = 256;

  /** The last first slot of a pool, but for those of states. */
  static final long LAST_SLOT = 28;

  /** Token slots of a page. */
  static final int PAGE_TOKENS = 4;

  private static final PoolSlots SLOTS = new PoolSlots(LAST_SLOT + PAGE_TOKENS, PAGE_TOKENS);
  private static final int LAYERS = 2;
  private static final int HEADS = 2;
  private static final int HEAD_ELEMENTS = 8;
  private static final int ELEMENT_BYTES = 2;
  private static final int ROW_BYTES = HEAD_ELEMENTS * ELEMENT_BYTES;
  private static final int TEMPORAL_BYTES = 100;
  private static final int CONV_BYTES = 28;

  /** An odd number, so that no buffer is aligned by accident. */
  private static final int FENCE = 61;

  private static final Content BEFORE = new Content(0xbef0e);
  private static final Content AFTERWARDS = new Content(0xaf7e5);

  private final Arena arena;
  private final Queue<FencedPool> made = new ConcurrentLinkedQueue<>();

  FencedPools(Arena arena) {
    this.arena = arena;
  }

  /** Makes a pool of keys and values of two heads. */
  FencedPool mha(PoolName name, PageLayout layout) {
    return mha(name, layout, HEADS);
  }

  /** Makes a pool of keys and values. */
  FencedPool mha(PoolName name, PageLayout layout, int heads) {
    return mha(name, layout, SLOTS, heads);
  }

  /** Makes a pool of keys and values of two heads and 300 pages. */
  FencedPool large(PoolName name, PageLayout layout) {
    return mha(name, layout, new PoolSlots(300 * PAGE_TOKENS, PAGE_TOKENS), HEADS);
  }

  private FencedPool mha(PoolName name, PageLayout layout, PoolSlots slots, int heads) {
    return fenced(
        name,
        new MhaShape(layout, slots, LAYERS, heads, HEAD_ELEMENTS, ELEMENT_BYTES),
        RowMap.of(layout, 2, LAYERS, slots.slots(), PAGE_TOKENS, heads, ROW_BYTES));
  }

  /** Makes a pool of latent rows. */
  FencedPool mla(PoolName name, PageLayout layout) {
    return fenced(
        name,
        new MlaShape(layout, SLOTS, LAYERS, HEAD_ELEMENTS, ELEMENT_BYTES),
        RowMap.of(layout, 1, LAYERS, SLOTS.slots(), PAGE_TOKENS, 1, ROW_BYTES));
  }

  /** Makes a pool of eight states, each in two arrays. */
  FencedPool mamba() {
    MambaShape shape =
        new MambaShape(
            PageLayout.PAGE_FIRST,
            new PoolSlots(8, 1),
            LAYERS,
            TEMPORAL_BYTES,
            List.of((long) CONV_BYTES),
            List.of());
    // The second array begins on the next multiple of 4 KiB of the region.
    return fenced(
        KeyRules.MAMBA,
        shape,
        RowMap.ofStates(List.of(0L, 4096L), List.of(LAYERS * TEMPORAL_BYTES, LAYERS * CONV_BYTES)));
  }

  /** Returns the flat page that a store keeps of a logical page of {@link #mha} or {@link #mla}. */
  static byte[] flat(byte[] logical, PageLayout stored, boolean latent) {
    RowMap onePage =
        RowMap.of(
            stored,
            latent ? 1 : 2,
            LAYERS,
            PAGE_TOKENS,
            PAGE_TOKENS,
            latent ? 1 : HEADS,
            ROW_BYTES);
    byte[] flat = new byte[logical.length];
    onePage.put(logical, 0, flat, 0);
    return flat;
  }

  /** Returns what one of several ranks has of a logical page of all heads. */
  static byte[] ofRank(byte[] logical, int heads, int rank, int ranks) {
    int own = heads / ranks * ROW_BYTES;
    byte[] part = new byte[logical.length / ranks];
    for (int token = 0; token * own < part.length; token++) {
      System.arraycopy(logical, (token * ranks + rank) * own, part, token * own, own);
    }
    return part;
  }

  /** Asserts that every byte is what it must be. */
  void check() {
    made.forEach(FencedPool::check);
  }

  /** Overwrites every pool, so that whatever is written from now on shows. */
  void takeBack() {
    made.forEach(pool -> pool.takeBack(AFTERWARDS));
  }

  private FencedPool fenced(PoolName name, PoolShape shape, RowMap map) {
    int bytes = Math.toIntExact(HostPool.regionBytes(shape));
    MemorySegment slab = arena.allocate(bytes + 2L * FENCE);
    int all = Math.toIntExact(slab.byteSize());
    MemorySegment.copy(BEFORE.bytes(all), 0, slab, ValueLayout.JAVA_BYTE, 0, all);
    HostPool pool = HostPool.over(name, shape, slab.asSlice(FENCE, bytes));
    FencedPool fenced = new FencedPool(pool, map, slab, FENCE);
    made.add(fenced);
    return fenced;
  }
}
