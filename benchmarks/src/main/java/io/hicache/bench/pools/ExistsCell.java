package io.hicache.bench.pools;

import io.hicache.bench.Cell;
import io.hicache.bench.Contestant.Kind;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Measure;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Which prefixes of 4,096 pages four pools can restore. */
record ExistsCell() implements Cell {
  private static final String PRESENT = "present-x4";
  private static final String TWIN = "present-x4-twin";
  private static final String EXISTS = "exists-v2";

  /** Nanoseconds of a call beyond those of its presence calls. */
  private static final double TARGET_NANOS = 1e6;

  @Override
  public String name() {
    return "pools.exists";
  }

  @Override
  public Unit unit() {
    return Unit.PAGES;
  }

  @Override
  public List<PoolContestant<ExistsWorkload>> contestants() {
    return List.of(
        new PoolContestant<>(PRESENT, Kind.FLOOR, ExistsWorkload::presence),
        new PoolContestant<>(TWIN, Kind.FLOOR, ExistsWorkload::presence),
        new PoolContestant<>(EXISTS, Kind.OURS, ExistsWorkload::prefixes));
  }

  @Override
  public List<Figure> twins() {
    return List.of(Figure.reported(name() + ".twins", TWIN, PRESENT));
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.atMost(TARGET_NANOS, name() + ".beyond", new Measure.Beyond(EXISTS, PRESENT)));
  }

  @Override
  public Plan plan(Effort effort) {
    return switch (effort) {
      case FULL -> new Plan(3, 6, 200, 200);
      case QUICK -> new Plan(1, 2, 150, 100);
    };
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), new ExistsWorkload());
  }
}
