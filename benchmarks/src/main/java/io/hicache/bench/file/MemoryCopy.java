package io.hicache.bench.file;

import io.hicache.Part;
import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Copies a batch's parts from one place in memory to another, one after another. */
final class MemoryCopy implements Entrant {
  private final FileCell cell;
  private final PageMemory memory;
  private int first;

  MemoryCopy(FileWorkload workload) {
    this.cell = workload.cell();
    this.memory = workload.memory();
  }

  @Override
  public void prepare(int turn) {
    first = memory.first(turn, cell.batch());
  }

  @Override
  public void arm() {
    for (int i = 0; i < cell.batch(); i++) {
      memory.spoilTarget(first + i);
    }
  }

  @Override
  public Work run() {
    for (int page = first; page < first + cell.batch(); page++) {
      List<Part> source = memory.source(page);
      List<Part> target = memory.target(page);
      for (int i = 0; i < source.size(); i++) {
        MemorySegment from = PageMemory.memory(source.get(i));
        MemorySegment.copy(from, 0, PageMemory.memory(target.get(i)), 0, from.byteSize());
      }
    }
    return new Work(cell.batch(), cell.batch(), (long) cell.batch() * cell.pageBytes());
  }

  @Override
  public void verify() {
    for (int i = 0; i < cell.batch(); i++) {
      memory.checkTarget(first + i);
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {}
}
