package io.hicache.bench.pools;

import io.hicache.PageLayout;
import io.hicache.bench.Cell;
import io.hicache.bench.Contestant.Kind;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A batch of pages through v1 into the file backend, or back.
 *
 * @param write whether pages are written rather than read
 * @param batch how many pages one call moves
 */
record TripCell(boolean write, int batch) implements Cell {
  private static final String PAGE_FIRST = "page-first";
  private static final String TWIN = "page-first-twin";
  private static final String LAYER_FIRST = "layer-first";
  private static final String BOUNCE = "bounce";
  private static final String BOUNCE_EACH = "bounce-each";

  /** In 160 parts, of the same in 2. */
  private static final double PARTS_TARGET = 0.70;

  /** Without a copy, of the same with one. */
  private static final double BOUNCE_TARGET = 1.30;

  @Override
  public String name() {
    return write ? "pools.write" : "pools.read";
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public List<PoolContestant<TripWorkload>> contestants() {
    return List.of(
        new PoolContestant<>(PAGE_FIRST, Kind.FLOOR, w -> w.bySlot(PageLayout.PAGE_FIRST)),
        new PoolContestant<>(TWIN, Kind.FLOOR, w -> w.bySlot(PageLayout.PAGE_FIRST)),
        new PoolContestant<>(LAYER_FIRST, Kind.OURS, w -> w.bySlot(PageLayout.LAYER_FIRST)),
        new PoolContestant<>(BOUNCE, Kind.PEER, w -> w.bounced(batch)),
        new PoolContestant<>(BOUNCE_EACH, Kind.PEER, w -> w.bounced(1)));
  }

  @Override
  public List<Figure> twins() {
    return List.of(Figure.reported(name() + ".twins", TWIN, PAGE_FIRST));
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.atLeast(PARTS_TARGET, name() + ".parts", LAYER_FIRST, List.of(PAGE_FIRST)),
        Figure.atLeast(
            BOUNCE_TARGET, name() + ".bounce", LAYER_FIRST, List.of(BOUNCE, BOUNCE_EACH)));
  }

  @Override
  public Plan plan(Effort effort) {
    return switch (effort) {
      case FULL -> new Plan(3, 6, 5, 10);
      case QUICK -> new Plan(1, 2, 4, 8);
    };
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), TripWorkload.open(this, directory));
  }
}
