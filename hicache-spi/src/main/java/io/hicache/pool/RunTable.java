package io.hicache.pool;

import io.hicache.HostPart;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A page's runs as base and stride per run, so that the parts of any page are arithmetic. */
final class RunTable {
  private final MemorySegment[] buffers;
  private final long[] offsets;
  private final long[] strides;
  private final long[] lengths;
  private final long bytes;

  private RunTable(List<PageRun> runs, List<MemorySegment> memory) {
    int count = runs.size();
    buffers = new MemorySegment[count];
    offsets = new long[count];
    strides = new long[count];
    lengths = new long[count];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      PageRun run = runs.get(i);
      buffers[i] = memory.get(run.buffer());
      offsets[i] = run.offset();
      strides[i] = run.pageStride();
      lengths[i] = run.bytes();
      sum += run.bytes();
    }
    bytes = sum;
  }

  /**
   * Makes the table of runs as they are.
   *
   * @param runs a page's runs
   * @param memory the buffers they lie in
   * @param pages how many pages there are
   * @throws IllegalArgumentException if a run of some page is not inside its buffer
   */
  static RunTable of(List<PageRun> runs, List<MemorySegment> memory, long pages) {
    for (PageRun run : runs) {
      check(run, memory, pages);
    }
    return new RunTable(runs, memory);
  }

  /** Makes the table of runs, neighbours in memory joined. */
  static RunTable joined(List<PageRun> runs, List<MemorySegment> memory, long pages) {
    List<PageRun> joined = new ArrayList<>();
    for (PageRun run : runs) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).runsInto(run)) {
        joined.set(last, joined.get(last).with(run));
      } else {
        joined.add(run);
      }
    }
    return of(joined, memory, pages);
  }

  int size() {
    return offsets.length;
  }

  long bytes() {
    return bytes;
  }

  /** Returns the parts of one page, which the caller has checked to exist. */
  List<Part> parts(long page) {
    return parts(page, row());
  }

  /** Returns room for the parts of one page, which serves page after page. */
  Part[] row() {
    return new Part[offsets.length];
  }

  /**
   * Returns the parts of one page.
   *
   * @param page which; the caller has checked that there is one
   * @param row room of {@link #row}, free again afterwards
   */
  List<Part> parts(long page, Part[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = new HostPart(buffers[i].asSlice(offsets[i] + page * strides[i], lengths[i]));
    }
    return List.of(row);
  }

  /** Returns the runs of one page as memory, without the rules on parts. */
  List<MemorySegment> segments(long page) {
    MemorySegment[] segments = new MemorySegment[offsets.length];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = buffers[i].asSlice(offsets[i] + page * strides[i], lengths[i]);
    }
    return List.of(segments);
  }

  private static void check(PageRun run, List<MemorySegment> memory, long pages) {
    if (run.buffer() >= memory.size()) {
      throw new IllegalArgumentException(
          "%s: must lie in one of %d buffers".formatted(run, memory.size()));
    }
    long room = memory.get(run.buffer()).byteSize();
    long last = Counts.product("pages before the last", pages - 1, run.pageStride());
    if (run.bytes() > room || run.offset() > room - run.bytes() - last) {
      throw new IllegalArgumentException(
          "%s of %d pages: must end within the buffer's %d bytes".formatted(run, pages, room));
    }
  }
}
