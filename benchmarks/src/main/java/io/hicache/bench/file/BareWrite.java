package io.hicache.bench.file;

import io.hicache.bench.Entrant;
import io.hicache.bench.Work;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a batch of new files by bare channels, and puts them away off the clock. */
final class BareWrite implements Entrant {
  private final FileWorkload workload;
  private final PageMemory memory;
  private final BareFile file;
  private final Crew crew;
  private final Path[] paths;
  private final long[] sums;
  private int first;

  BareWrite(FileWorkload workload, BareFile file, Crew crew) {
    this.workload = workload;
    this.memory = workload.memory();
    this.file = file;
    this.crew = crew;
    this.paths = new Path[workload.cell().batch()];
    this.sums = new long[paths.length];
  }

  @Override
  public void prepare(int turn) {
    first = memory.first(turn, paths.length);
    for (int i = 0; i < paths.length; i++) {
      paths[i] = workload.freshPath();
    }
  }

  @Override
  public void arm() {
    for (int i = 0; i < paths.length; i++) {
      memory.spoilTarget(first + i);
    }
  }

  @Override
  public Work run() throws IOException {
    crew.each(paths.length, i -> sums[i] = file.write(paths[i], memory.source(first + i)));
    return new Work(paths.length, paths.length, (long) paths.length * workload.cell().pageBytes());
  }

  @Override
  public void verify() throws IOException {
    for (int i = 0; i < paths.length; i++) {
      BareFile.PLAIN.read(paths[i], memory.target(first + i));
      memory.checkTarget(first + i);
    }
  }

  @Override
  public void tidy() throws IOException {
    for (Path path : paths) {
      workload.putAway(path);
    }
  }

  @Override
  public void close() {
    crew.close();
  }
}
