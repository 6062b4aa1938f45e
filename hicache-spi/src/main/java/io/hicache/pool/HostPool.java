package io.hicache.pool;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.PoolName;
import io.hicache.Region;
import io.hicache.spi.HostMemoryAllocator;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A pool of pages in host memory: turns an engine's slots into the parts of pages.
 *
 * <ul>
 *   <li><b>Bytes.</b> The parts of a page stand in flat-page order, so that what they hold, one
 *       after another, is the flat page that SGLang would store. Runs that touch are one part.
 *   <li><b>Ownership.</b> {@link #over(PoolName, PoolShape, MemorySegment) over} views memory that
 *       stays the engine's; {@link #allocate(PoolName, PoolShape) allocate} owns what it allocates.
 *   <li><b>Threads.</b> Thread-safe; the bytes are the engine's to guard.
 *   <li><b>Lifetime.</b> The memory must outlive every call that uses the pool. {@link #close}
 *       frees owned memory and leaves an engine's alone.
 *   <li><b>Failure.</b> A slot, shape or region that breaks a rule is an {@link
 *       IllegalArgumentException} that names it.
 * </ul>
 */
public final class HostPool implements AutoCloseable {
  private final PoolName name;
  private final PoolShape shape;
  private final List<MemorySegment> buffers;
  private final Release release;
  private final RunTable flat;
  private final RunTable pointers;
  private final String flatRefusal;
  private final String pointerRefusal;
  private final long pages;
  private final int pageTokens;

  private HostPool(PoolName name, PoolShape shape, List<MemorySegment> buffers, Runnable release) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = Objects.requireNonNull(shape, "shape");
    this.buffers = buffers;
    this.release = new Release(release);
    this.pages = shape.slots().pages();
    this.pageTokens = shape.slots().pageTokens();
    PageRuns flatRuns = shape.flatRuns();
    PageRuns pointerRuns = shape.pointerRuns();
    this.flat = RunTable.joined(flatRuns.orNone(), buffers, pages);
    this.pointers = RunTable.of(pointerRuns.orNone(), buffers, pages);
    this.flatRefusal = flatRuns.refusal();
    this.pointerRefusal = pointerRuns.refusal();
  }

  /**
   * Views one region of the engine's, the shape's buffers one after another, each from a multiple
   * of {@value PoolMemory#ALIGNMENT} bytes on.
   *
   * @param name the pool
   * @param shape where its pages lie
   * @param region native, writable memory that every thread may reach, of at least {@link
   *     #regionBytes} bytes
   */
  public static HostPool over(PoolName name, PoolShape shape, MemorySegment region) {
    return new HostPool(name, shape, PoolMemory.cut(region, shape.buffers()), () -> {});
  }

  /**
   * Views buffers of the engine's.
   *
   * @param name the pool
   * @param shape where its pages lie
   * @param buffers one per buffer of the shape, in its order: native, writable memory that every
   *     thread may reach
   */
  public static HostPool over(PoolName name, PoolShape shape, List<MemorySegment> buffers) {
    return new HostPool(name, shape, PoolMemory.match(buffers, shape.buffers()), () -> {});
  }

  /**
   * Allocates a pool: zeroed, from a multiple of {@value PoolMemory#ALIGNMENT} bytes on, and
   * counted against {@code -XX:MaxDirectMemorySize}.
   *
   * @param name the pool
   * @param shape where its pages lie
   */
  public static HostPool allocate(PoolName name, PoolShape shape) {
    return owning(name, shape, PoolMemory.allocate(Math.max(1, regionBytes(shape))));
  }

  /**
   * Allocates a pool from a {@link HostMemoryAllocator}.
   *
   * @param name the pool
   * @param shape where its pages lie
   * @param allocator the allocator's name, as in {@value HostMemoryAllocator#HUGE_PAGES}
   * @throws IllegalArgumentException if no such allocator is present, or it cannot give the memory
   */
  public static HostPool allocate(PoolName name, PoolShape shape, String allocator) {
    return owning(name, shape, PoolMemory.allocate(allocator, Math.max(1, regionBytes(shape))));
  }

  /**
   * Returns the bytes that a region must have to hold a pool.
   *
   * @param shape where its pages lie
   */
  public static long regionBytes(PoolShape shape) {
    return PoolMemory.regionBytes(shape.buffers());
  }

  /** Returns the pool's name. */
  public PoolName name() {
    return name;
  }

  /** Returns where the pages lie. */
  public PoolShape shape() {
    return shape;
  }

  /** Returns the buffers, one per buffer of the shape. */
  public List<MemorySegment> buffers() {
    return buffers;
  }

  /** Returns the memory as a store registers it. */
  public List<Region> regions() {
    return buffers.stream().map(Region::of).toList();
  }

  /**
   * Returns the bytes of a flat page; 0 for a pool of slots without memory.
   *
   * @throws IllegalArgumentException if the shape has no flat page
   */
  public long pageBytes() {
    requireFlatPage();
    return flat.bytes();
  }

  /**
   * Returns how many parts a flat page has.
   *
   * @throws IllegalArgumentException if the shape has no flat page
   */
  public int partsPerPage() {
    requireFlatPage();
    return flat.size();
  }

  /**
   * Returns a page's memory in flat-page order.
   *
   * @param slot the page's first slot
   * @throws IllegalArgumentException if it is not the first slot of a page of the pool, or the
   *     shape has no flat page
   */
  public List<Part> parts(long slot) {
    requireFlatPage();
    return flat.parts(page(slot));
  }

  /**
   * Returns a page's memory in the order of SGLang's {@code get_page_buffer_meta}.
   *
   * @param slot the page's first slot
   * @throws IllegalArgumentException if it is not the first slot of a page of the pool, or SGLang
   *     lists no pointers of the shape
   */
  public List<Part> pointers(long slot) {
    require(pointerRefusal);
    return pointers.parts(page(slot));
  }

  /**
   * Names pages by slot: the page of every hash, in this pool.
   *
   * @param hashes one key per page; its pool is replaced by this one
   * @param slots the first slot of each page
   * @throws IllegalArgumentException if there are not as many slots as hashes, or a slot is not the
   *     first of a page of the pool
   */
  public List<Page> pages(List<PageKey> hashes, long[] slots) {
    if (hashes.size() != slots.length) {
      throw new IllegalArgumentException(
          "pool %s, slots: %d given, must be one for each of %d hashes"
              .formatted(name, slots.length, hashes.size()));
    }
    requireFlatPage();
    for (int i = 0; i < slots.length; i++) {
      check("slots", i, slots[i]);
    }
    List<Page> named = new ArrayList<>(slots.length);
    Part[] row = flat.row();
    for (int i = 0; i < slots.length; i++) {
      PageKey key = hashes.get(i);
      PageKey here = key.pool().equals(name) ? key : key.in(name);
      named.add(new Page(here, flat.parts(slots[i] / pageTokens, row)));
    }
    return named;
  }

  /**
   * Reduces SGLang's form, page size slots for every key, to the first slot of each page.
   *
   * @param tokenSlots one slot per token
   * @throws IllegalArgumentException if they are not whole pages, or a page's slots do not follow
   *     one another from the first slot of a page of the pool
   */
  public long[] firstSlots(long[] tokenSlots) {
    if (tokenSlots.length % pageTokens != 0) {
      throw new IllegalArgumentException(
          "pool %s, token slots: %d given, must be a multiple of the page tokens %d"
              .formatted(name, tokenSlots.length, pageTokens));
    }
    long[] first = new long[tokenSlots.length / pageTokens];
    for (int page = 0; page < first.length; page++) {
      first[page] = tokenSlots[page * pageTokens];
      check("token slots", page * pageTokens, first[page]);
      for (int i = 1; i < pageTokens; i++) {
        int at = page * pageTokens + i;
        if (tokenSlots[at] != first[page] + i) {
          throw new IllegalArgumentException(
              "pool %s, token slots[%d] %d: must be %d, for a page's slots follow one another"
                  .formatted(name, at, tokenSlots[at], first[page] + i));
        }
      }
    }
    return first;
  }

  /**
   * Frees the memory if the pool owns it; closing twice does nothing.
   *
   * @throws IllegalStateException if a call is in the memory just now; it stays then, to be closed
   *     again
   */
  @Override
  public void close() {
    release.run();
  }

  @Override
  public String toString() {
    return "HostPool[%s, %s]".formatted(name, shape);
  }

  /** Returns the runs of a flat page, neighbours joined. */
  RunTable flatTable() {
    return flat;
  }

  /** Returns which page a slot is the first of. */
  long page(long slot) {
    check("slot", -1, slot);
    return slot / pageTokens;
  }

  /**
   * Checks that a page has an order of bytes that a store can keep.
   *
   * @throws IllegalArgumentException saying why, if not
   */
  void requireFlatPage() {
    require(flatRefusal);
  }

  private void require(String refusal) {
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException("pool %s, %s".formatted(name, refusal));
    }
  }

  /** Checks one of several slots; an index below 0 says that there is one only. */
  private void check(String argument, int index, long slot) {
    String broken = "";
    if (slot < 0 || slot >= pages * pageTokens) {
      broken = "must be 0 to " + (pages - 1) * pageTokens;
    } else if (slot % pageTokens != 0) {
      broken = "must be a multiple of the page tokens " + pageTokens;
    }
    if (!broken.isEmpty()) {
      String where = index < 0 ? argument : argument + "[" + index + "]";
      throw new IllegalArgumentException("pool %s, %s %d: %s".formatted(name, where, slot, broken));
    }
  }

  /** Lays a pool into memory that is its own from now on, and given back if it does not fit. */
  static HostPool owning(PoolName name, PoolShape shape, PoolMemory.Owned owned) {
    try {
      List<MemorySegment> cut = PoolMemory.cut(owned.segment(), shape.buffers());
      return new HostPool(name, shape, cut, owned.release());
    } catch (RuntimeException e) {
      owned.release().run();
      throw e;
    }
  }
}
