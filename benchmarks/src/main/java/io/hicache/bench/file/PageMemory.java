package io.hicache.bench.file;

import io.hicache.HostPart;
import io.hicache.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The host memory of a cell: random pages to write or compare with, and as much again to read into.
 *
 * <p><b>Bytes.</b> A page's parts lie apart, as the layers of a {@code layer_first} pool do: all
 * pages' first parts, then all their second ones. Parts begin at multiples of 16 bytes of the page
 * where that leaves none empty. No two pages are alike, and the memory is far larger than a batch,
 * so that a batch finds nothing in a processor's cache.
 */
public final class PageMemory implements AutoCloseable {
  private static final int PART_ALIGNMENT = 16;

  private final Arena arena = Arena.ofShared();
  private final int pages;
  private final List<List<Part>> sources;
  private final List<List<Part>> targets;

  /**
   * Makes the memory.
   *
   * @param pageBytes a page's length
   * @param parts how many parts a page is cut into
   * @param batch how many pages a call moves
   * @param batches how many batches of distinct pages there are
   */
  public PageMemory(int pageBytes, int parts, int batch, int batches) {
    this.pages = batches * batch;
    this.sources = laidOut(arena, pageBytes, parts);
    this.targets = laidOut(arena, pageBytes, parts);
    SplittableRandom random = new SplittableRandom(pageBytes);
    sources.forEach(page -> page.forEach(part -> fill(memory(part), random)));
    targets.forEach(PageMemory::spoil);
  }

  /** Returns how many pages there are: a multiple of the batch. */
  public int pages() {
    return pages;
  }

  /** Returns the first page of a turn's batch; the batches take turns. */
  public int first(int turn, int batch) {
    return (int) ((long) turn * batch % pages);
  }

  /** Returns a page to write or compare with. */
  public List<Part> source(int page) {
    return sources.get(page);
  }

  /** Returns a page to read into. */
  public List<Part> target(int page) {
    return targets.get(page);
  }

  /** Overwrites a page's target with what no page holds. */
  public void spoilTarget(int page) {
    spoil(targets.get(page));
  }

  /** Compares a page's target with its source. */
  public void checkTarget(int page) {
    for (int i = 0; i < source(page).size(); i++) {
      long at = memory(source(page).get(i)).mismatch(memory(target(page).get(i)));
      if (at >= 0) {
        throw new IllegalStateException(
            "page %d, part %d: differs at byte %d".formatted(page, i, at));
      }
    }
  }

  /** Returns where a part is. */
  public static MemorySegment memory(Part part) {
    return ((HostPart) part).segment();
  }

  @Override
  public void close() {
    arena.close();
  }

  private List<List<Part>> laidOut(Arena from, int pageBytes, int parts) {
    List<MemorySegment> layers = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      layers.add(from.allocate(pages * bytes(part, pageBytes, parts), 4096));
    }
    List<List<Part>> laidOut = new ArrayList<>();
    for (int page = 0; page < pages; page++) {
      List<Part> cut = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        long bytes = bytes(part, pageBytes, parts);
        cut.add(new HostPart(layers.get(part).asSlice(page * bytes, bytes)));
      }
      laidOut.add(List.copyOf(cut));
    }
    return laidOut;
  }

  private static long bytes(int part, int pageBytes, int parts) {
    return edge(part + 1, pageBytes, parts) - edge(part, pageBytes, parts);
  }

  private static long edge(int part, int pageBytes, int parts) {
    long edge = (long) pageBytes * part / parts;
    boolean aligned = pageBytes / parts >= PART_ALIGNMENT && part < parts;
    return aligned ? edge / PART_ALIGNMENT * PART_ALIGNMENT : edge;
  }

  private static void fill(MemorySegment segment, SplittableRandom random) {
    long words = segment.byteSize() / Long.BYTES * Long.BYTES;
    for (long at = 0; at < words; at += Long.BYTES) {
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, at, random.nextLong());
    }
    for (long at = words; at < segment.byteSize(); at++) {
      segment.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
    }
  }

  private static void spoil(List<Part> page) {
    page.forEach(part -> memory(part).fill((byte) 0x5a));
  }
}
