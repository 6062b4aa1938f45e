package io.hicache.bench.pools;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Copies a dozen pages between a pool and buffers, as many as a store has in use at a time. */
final class TranscodeEntrant implements Entrant {
  private static final int BATCH = 12;

  private final PoolWorkload workload;
  private final Copy copy;
  private final Check check;
  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> buffers = new ArrayList<>();
  private int first;

  /** Copies a page from or to a buffer. */
  @FunctionalInterface
  interface Copy {
    void page(int page, MemorySegment buffer);
  }

  /** Tells whether a page and a buffer are the same. */
  @FunctionalInterface
  interface Check {
    boolean same(int page, MemorySegment buffer);
  }

  TranscodeEntrant(PoolWorkload workload, Copy copy, Check check) {
    this.workload = workload;
    this.copy = copy;
    this.check = check;
    SplittableRandom random = new SplittableRandom(BATCH);
    for (int i = 0; i < BATCH; i++) {
      MemorySegment buffer = arena.allocate(CellPool.PAGE_BYTES, 4096);
      for (long word = 0; word < CellPool.PAGE_BYTES / Long.BYTES; word++) {
        buffer.setAtIndex(ValueLayout.JAVA_LONG, word, random.nextLong());
      }
      buffers.add(buffer);
    }
  }

  @Override
  public void prepare(int turn) {
    first = turn * BATCH % workload.pages();
  }

  /** Pool and buffers are random and differ: whichever is copied, it shows. */
  @Override
  public void arm() {
    if (same(0)) {
      throw new IllegalStateException("page and buffer are the same already");
    }
  }

  @Override
  public Work run() {
    for (int i = 0; i < BATCH; i++) {
      copy.page(first + i, buffers.get(i));
    }
    return new Work(BATCH, BATCH, (long) BATCH * CellPool.PAGE_BYTES);
  }

  @Override
  public void verify() {
    for (int i = 0; i < BATCH; i++) {
      if (!same(i)) {
        throw new IllegalStateException("page " + (first + i) + " differs");
      }
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {
    arena.close();
  }

  private boolean same(int i) {
    return check.same(first + i, buffers.get(i));
  }
}
