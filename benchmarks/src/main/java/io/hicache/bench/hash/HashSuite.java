package io.hicache.bench.hash;

import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Suite;
import java.util.List;

/** The page hash chain, on one thread. */
public final class HashSuite implements Suite {

  @Override
  public String name() {
    return "hash";
  }

  @Override
  public List<Cell> cells(Effort effort) {
    return List.of(new HashCell(64), new HashCell(16), new HashCell(1));
  }

  @Override
  public Cell cell(String name) {
    return HashCell.parse(name);
  }
}
