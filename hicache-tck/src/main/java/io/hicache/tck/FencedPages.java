package io.hicache.tck;

import io.hicache.PageKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory for the pages of one test, every part between fences, and the proof that a store touched
 * nothing else.
 *
 * <p>Pages begin at odd addresses, as slices of a pool may; {@link #aligned} gives those that begin
 * on a multiple of 4 KiB. <b>Ownership.</b> The memory lives until the test's store is closed.
 * <b>Threads.</b> Thread-safe; a page is for one thread at a time.
 */
public final class FencedPages {
  /** An odd number, so that neither a page nor the parts after it are aligned by accident. */
  private static final int ODD_FENCE = 61;

  private static final int BLOCK = 4096;
  private static final Content FENCE = new Content(0xfe7ce);
  private static final Content AFTERWARDS = new Content(0xaf7e2);

  private final Arena arena;
  private final Queue<FencedPage> made = new ConcurrentLinkedQueue<>();

  FencedPages(Arena arena) {
    this.arena = arena;
  }

  /**
   * Makes a page to be written, filled with {@link Content#of(PageKey)}.
   *
   * @param key the page's key
   * @param partBytes the length of each part
   */
  public FencedPage source(PageKey key, int... partBytes) {
    return source(key, Content.of(key), partBytes);
  }

  /**
   * Makes a page to be written, filled with a content.
   *
   * @param key the page's key
   * @param content what it holds
   * @param partBytes the length of each part
   */
  public FencedPage source(PageKey key, Content content, int... partBytes) {
    FencedPage page = fenced(key, ODD_FENCE, 1, partBytes);
    page.fill(content);
    return page;
  }

  /**
   * Makes a page to be read into.
   *
   * @param key the page's key
   * @param partBytes the length of each part
   */
  public FencedPage target(PageKey key, int... partBytes) {
    FencedPage page = fenced(key, ODD_FENCE, 1, partBytes);
    page.release();
    return page;
  }

  /**
   * Makes a page of one part that begins on a multiple of 4 KiB, to be read into.
   *
   * @param key the page's key
   * @param bytes its length
   */
  public FencedPage aligned(PageKey key, int bytes) {
    FencedPage page = fenced(key, BLOCK, BLOCK, bytes);
    page.release();
    return page;
  }

  /** Makes sources of one part each. */
  List<FencedPage> sources(List<PageKey> keys, int bytes) {
    List<FencedPage> pages = new ArrayList<>();
    keys.forEach(key -> pages.add(source(key, bytes)));
    return pages;
  }

  /** Makes targets of one part each. */
  List<FencedPage> targets(List<PageKey> keys, int bytes) {
    List<FencedPage> pages = new ArrayList<>();
    keys.forEach(key -> pages.add(target(key, bytes)));
    return pages;
  }

  /** Asserts that every fence stands and that every page holds what it must. */
  void check() {
    made.forEach(FencedPage::check);
  }

  /** Overwrites every page, so that whatever is written from now on shows. */
  void takeBack() {
    made.forEach(page -> page.fill(AFTERWARDS));
  }

  private FencedPage fenced(PageKey key, int fenceBytes, int alignment, int... partBytes) {
    long bytes = (long) fenceBytes * (partBytes.length + 1) + Arrays.stream(partBytes).sum();
    MemorySegment slab = arena.allocate(bytes, alignment);
    MemorySegment fence = MemorySegment.ofArray(FENCE.bytes(fenceBytes));
    FencedPage page = new FencedPage(key, slab, fence, partBytes);
    made.add(page);
    return page;
  }
}
