package io.hicache.bench.file;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Reads a batch of files by bare channels. A checked floor compares what it sums. */
final class BareRead implements Entrant {
  private final FileWorkload workload;
  private final PageMemory memory;
  private final BareFile file;
  private final Crew crew;
  private final long[] sums;
  private int first;

  BareRead(FileWorkload workload, BareFile file, Crew crew) {
    this.workload = workload;
    this.memory = workload.memory();
    this.file = file;
    this.crew = crew;
    this.sums = new long[memory.pages()];
    if (file.checked()) {
      for (int page = 0; page < sums.length; page++) {
        sums[page] = sum(page);
      }
    }
  }

  @Override
  public void prepare(int turn) {
    first = memory.first(turn, workload.cell().batch());
  }

  @Override
  public void arm() {
    for (int i = 0; i < workload.cell().batch(); i++) {
      memory.spoilTarget(first + i);
    }
  }

  @Override
  public Work run() throws IOException {
    FileCell cell = workload.cell();
    crew.each(cell.batch(), i -> read(first + i));
    return new Work(cell.batch(), cell.batch(), (long) cell.batch() * cell.pageBytes());
  }

  @Override
  public void verify() {
    for (int i = 0; i < workload.cell().batch(); i++) {
      memory.checkTarget(first + i);
    }
  }

  @Override
  public void tidy() {}

  @Override
  public void close() {
    crew.close();
  }

  private void read(int page) throws IOException {
    if (file.read(workload.stored(page), memory.target(page)) != sums[page]) {
      throw new IllegalStateException("page " + page + ": checksum differs");
    }
  }

  private long sum(int page) {
    CRC32C crc = new CRC32C();
    memory.source(page).forEach(part -> crc.update(PageMemory.memory(part).asByteBuffer()));
    return crc.getValue();
  }
}
