package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageLayout;
import io.hicache.Part;
import io.hicache.pool.HostPool;
import io.hicache.pool.PageBuffers;
import io.hicache.pool.Transcoder;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one registered pool's pages to a backend and back: straight from and to the pool where
 * a stored page is made of runs of it, else through bounded buffers.
 *
 * <p>A stored page is the pool's head groups one after another, so that a backend's naming may keep
 * each by itself.
 */
final class PoolLane implements AutoCloseable {
  private static final long BUFFERED_BYTES = 32L << 20;
  private static final int MOST_BUFFERS = 64;

  private final HostPool pool;
  private final Transcoder way;
  private final boolean asItLies;
  private final @Nullable PageBuffers buffers;

  private PoolLane(HostPool pool, Transcoder way) {
    this.pool = pool;
    this.way = way;
    this.asItLies = way.direct() && pool.parts(0).equals(stored(0));
    this.buffers = way.direct() ? null : new PageBuffers(storedBytes(), mostBuffers());
  }

  /**
   * Makes the way.
   *
   * @param pool the pool; its pages have bytes
   * @param layout the stored layout
   * @param groups head groups of a page of the pool
   * @throws IllegalArgumentException if the pool's pages cannot be stored so
   */
  static PoolLane of(HostPool pool, PageLayout layout, int groups) {
    return new PoolLane(pool, Transcoder.of(pool, layout, groups));
  }

  /** Returns the bytes of a stored page, all of its head groups. */
  long storedBytes() {
    return way.storedBytes() * way.groups();
  }

  /** Reads pages, given as they lie in the pool. */
  BatchResult get(
      HiCacheStorage backend, List<Page> pages, long[] slots, CallOptions options, Deadline end) {
    if (buffers == null) {
      return backend.batchGet(direct(pages, slots), remaining(options, end));
    }
    return staged(
        buffers,
        pages,
        options,
        end,
        (staged, first, left) -> {
          BatchResult result = backend.batchGet(staged, left);
          for (int i = 0; i < result.size(); i++) {
            if (result.get(i) == Outcome.DONE) {
              scatter(segment(staged.get(i)), slots[first + i]);
            }
          }
          return result;
        });
  }

  /** Writes pages, given as they lie in the pool. */
  BatchResult set(
      HiCacheStorage backend, List<Page> pages, long[] slots, CallOptions options, Deadline end) {
    if (buffers == null) {
      return backend.batchSet(direct(pages, slots), remaining(options, end));
    }
    return staged(
        buffers,
        pages,
        options,
        end,
        (staged, first, left) -> {
          for (int i = 0; i < staged.size(); i++) {
            gather(slots[first + i], segment(staged.get(i)));
          }
          return backend.batchSet(staged, left);
        });
  }

  /** Gives the buffers back; those in use follow. */
  @Override
  public void close() {
    if (buffers != null) {
      buffers.close();
    }
  }

  /** Moves one window of pages between buffers and backend. */
  @FunctionalInterface
  private interface Step {
    BatchResult move(List<Page> staged, int first, CallOptions left);
  }

  private BatchResult staged(
      PageBuffers from, List<Page> pages, CallOptions options, Deadline end, Step step) {
    BatchRecorder recorder = new BatchRecorder(pages.size());
    int next = 0;
    boolean goOn = true;
    while (goOn && next < pages.size() && !Thread.currentThread().isInterrupted()) {
      try (PageBuffers.Lease lease = from.borrow(pages.size() - next, end)) {
        if (end.passed() || lease.size() == 0) {
          recorder.deadlinePassed("transcoding of pages of pool " + pool.name());
          break;
        }
        List<Page> window = window(pages, next, lease);
        goOn = record(step.move(window, next, remaining(options, end)), next, recorder);
        next += window.size();
      }
    }
    return recorder.result();
  }

  private List<Page> window(List<Page> pages, int first, PageBuffers.Lease lease) {
    List<Page> window = new ArrayList<>(lease.size());
    for (int i = 0; i < lease.size(); i++) {
      window.add(Page.of(pages.get(first + i).key(), lease.buffer(i)));
    }
    return window;
  }

  /** Takes a window's outcomes over; tells whether the next may begin. */
  private static boolean record(BatchResult result, int first, BatchRecorder recorder) {
    boolean goOn = true;
    for (int i = 0; i < result.size(); i++) {
      Outcome outcome = result.get(i);
      if (outcome.failed()) {
        recorder.fail(first + i, reason(result, outcome));
        goOn &= outcome != Outcome.FAILED_TIMEOUT && outcome != Outcome.FAILED_UNAVAILABLE;
      } else {
        recorder.record(first + i, outcome);
      }
    }
    return goOn;
  }

  private static HiCacheException reason(BatchResult result, Outcome outcome) {
    return result
        .firstFailure()
        .filter(fault -> fault.kind().outcome() == outcome)
        .orElseGet(() ->
            new HiCacheException(
                outcome.fault().orElseThrow(),
                "another page of the batch failed otherwise: "
                    + result.firstFailure().map(Throwable::getMessage).orElse("no reason")));
  }

  private List<Page> direct(List<Page> pages, long[] slots) {
    if (asItLies) {
      return pages;
    }
    List<Page> direct = new ArrayList<>(pages.size());
    for (int i = 0; i < slots.length; i++) {
      direct.add(new Page(pages.get(i).key(), stored(slots[i])));
    }
    return List.copyOf(direct);
  }

  /** Returns the memory of a stored page in the pool; the way must be direct. */
  private List<Part> stored(long slot) {
    if (way.groups() == 1) {
      return way.parts(slot, 0);
    }
    List<Part> parts = new ArrayList<>();
    for (int group = 0; group < way.groups(); group++) {
      parts.addAll(way.parts(slot, group));
    }
    return parts;
  }

  private void gather(long slot, MemorySegment stored) {
    for (int group = 0; group < way.groups(); group++) {
      way.gather(slot, group, groupOf(stored, group));
    }
  }

  private void scatter(MemorySegment stored, long slot) {
    for (int group = 0; group < way.groups(); group++) {
      way.scatter(groupOf(stored, group), slot, group);
    }
  }

  private MemorySegment groupOf(MemorySegment stored, int group) {
    return stored.asSlice(group * way.storedBytes(), way.storedBytes());
  }

  private int mostBuffers() {
    return (int) Math.max(2, Math.min(MOST_BUFFERS, BUFFERED_BYTES / storedBytes()));
  }

  private static MemorySegment segment(Page staged) {
    return ((HostPart) staged.parts().getFirst()).segment();
  }

  /** Returns the options with what is left of a deadline that several batches share. */
  static CallOptions remaining(CallOptions options, Deadline end) {
    return end.bounded() ? options.withDeadline(Duration.ofNanos(end.remainingNanos())) : options;
  }
}
