package io.hicache.bench.pools;

import io.hicache.PageLayout;
import io.hicache.bench.Cell;
import io.hicache.bench.Effort;
import io.hicache.bench.Suite;
import java.util.List;
import java.util.stream.Collectors;

/** Host pools: v1, parts, layouts and restorable prefixes. */
public final class PoolsSuite implements Suite {
  private static final List<Cell> CELLS =
      List.of(
          new TripCell(true, 64),
          new TripCell(false, 64),
          new PartsCell(),
          new TranscodeCell(PageLayout.LAYER_FIRST, PageLayout.PAGE_FIRST, 1),
          new TranscodeCell(PageLayout.PAGE_FIRST, PageLayout.LAYER_FIRST, 1),
          new TranscodeCell(PageLayout.LAYER_FIRST, PageLayout.PAGE_HEAD, 8),
          new TranscodeCell(PageLayout.PAGE_FIRST, PageLayout.PAGE_HEAD, 8),
          new ExistsCell());

  @Override
  public String name() {
    return "pools";
  }

  @Override
  public List<Cell> cells(Effort effort) {
    return CELLS;
  }

  @Override
  public Cell cell(String name) {
    return CELLS.stream()
        .filter(cell -> cell.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "cell %s: must be one of %s"
                    .formatted(
                        name, CELLS.stream().map(Cell::name).collect(Collectors.joining(", ")))));
  }
}
