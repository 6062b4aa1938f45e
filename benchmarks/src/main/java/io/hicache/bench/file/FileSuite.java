package io.hicache.bench.file;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Suite;
import java.util.ArrayList;
import java.util.List;

/** The file backend in the page cache. */
public final class FileSuite implements Suite {
  private static final List<Integer> PAGE_BYTES = List.of(64 << 10, 256 << 10, 1 << 20, 4 << 20);
  private static final List<Integer> BATCHES = List.of(64, 128);
  private static final List<Integer> PARTS = List.of(1, 160);

  @Override
  public String name() {
    return "file";
  }

  @Override
  public List<Cell> cells(Effort effort) {
    List<Cell> cells = new ArrayList<>();
    for (boolean write : new boolean[] {false, true}) {
      for (int pageBytes : PAGE_BYTES) {
        for (int batch : effort == Effort.FULL ? BATCHES : BATCHES.subList(0, 1)) {
          for (int parts : PARTS) {
            cells.add(new FileCell(write, pageBytes, batch, parts));
          }
        }
      }
    }
    return cells;
  }

  @Override
  public Cell cell(String name) {
    return FileCell.parse(name);
  }
}
