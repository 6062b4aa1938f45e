package io.hicache.bench.pools;

import io.hicache.HostPart;
import io.hicache.PageLayout;
import io.hicache.Part;
import io.hicache.bench.Cell;
import io.hicache.bench.Contestant.Kind;
import io.hicache.bench.Effort;
import io.hicache.bench.Entrant;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Measure;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** The 160 parts of a layer-first page. */
record PartsCell() implements Cell {
  private static final String SLICES = "slices";
  private static final String TWIN = "slices-twin";
  private static final String PARTS = "parts";
  private static final int PAGES = 16;

  /** Nanoseconds for the parts of a page. */
  private static final double TARGET_NANOS = 2_000;

  @Override
  public String name() {
    return "pools.parts";
  }

  @Override
  public Unit unit() {
    return Unit.PAGES;
  }

  @Override
  public List<PoolContestant<PoolWorkload>> contestants() {
    return List.of(
        new PoolContestant<>(SLICES, Kind.FLOOR, PartsCell::slices),
        new PoolContestant<>(TWIN, Kind.FLOOR, PartsCell::slices),
        new PoolContestant<>(
            PARTS, Kind.OURS, w -> new PartsEntrant(w, page -> w.pool().host().parts(page))));
  }

  @Override
  public List<Figure> twins() {
    return List.of(Figure.reported(name() + ".twins", TWIN, SLICES));
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.atMost(TARGET_NANOS, name() + ".nanos", new Measure.Nanos(PARTS)),
        Figure.reported(name() + ".slices", PARTS, SLICES));
  }

  @Override
  public Plan plan(Effort effort) {
    return switch (effort) {
      case FULL -> new Plan(3, 6, 60, 100);
      case QUICK -> new Plan(1, 2, 40, 40);
    };
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), new PoolWorkload(PageLayout.LAYER_FIRST, PAGES, 1));
  }

  /** The least there is to do: a slice and a part of each run, their places known beforehand. */
  private static Entrant slices(PoolWorkload workload) {
    MemorySegment memory = workload.pool().memory();
    long stride = (long) PAGES * CellPool.PART_BYTES;
    return new PartsEntrant(
        workload,
        slot -> {
          Part[] parts = new Part[2 * CellPool.LAYERS];
          long at = slot * CellPool.PART_BYTES / workload.pool().slot(1);
          for (int i = 0; i < parts.length; i++) {
            parts[i] = new HostPart(memory.asSlice(at, CellPool.PART_BYTES));
            at += stride;
          }
          return List.of(parts);
        });
  }
}
