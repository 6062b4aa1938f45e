package io.hicache.bench.pools;

import io.hicache.PageLayout;
import io.hicache.bench.Cell;
import io.hicache.bench.Contestant.Kind;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Plan;
import io.hicache.bench.Unit;
import io.hicache.pool.Transcoder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Pages of a pool of one layout to and from stored pages of another, within memory.
 *
 * @param layout the pool's
 * @param stored the stored pages'
 * @param heads heads of a token
 */
record TranscodeCell(PageLayout layout, PageLayout stored, int heads) implements Cell {
  private static final String MEMCPY = "memcpy";
  private static final String TWIN = "memcpy-twin";
  private static final String GATHER = "gather";
  private static final String SCATTER = "scatter";

  /** Pages of the pool: 120 MiB, four times a processor's cache of 32 MiB. */
  private static final int PAGES = 48;

  /** Of a bare copy. */
  private static final double TARGET = 0.50;

  @Override
  public String name() {
    return "pools.transcode.%s.%s.%d".formatted(layout.label(), stored.label(), heads);
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public List<PoolContestant<PoolWorkload>> contestants() {
    return List.of(
        new PoolContestant<>(MEMCPY, Kind.FLOOR, TranscodeCell::copy),
        new PoolContestant<>(TWIN, Kind.FLOOR, TranscodeCell::copy),
        new PoolContestant<>(GATHER, Kind.OURS, this::gather),
        new PoolContestant<>(SCATTER, Kind.OURS, this::scatter));
  }

  @Override
  public List<Figure> twins() {
    return List.of(Figure.reported(name() + ".twins", TWIN, MEMCPY));
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.atLeast(TARGET, name() + ".gather", GATHER, List.of(MEMCPY)),
        Figure.atLeast(TARGET, name() + ".scatter", SCATTER, List.of(MEMCPY)));
  }

  @Override
  public Plan plan(Effort effort) {
    return switch (effort) {
      case FULL -> new Plan(3, 6, 20, 40);
      case QUICK -> new Plan(1, 2, 15, 20);
    };
  }

  @Override
  public Lineup open(Path directory) throws IOException {
    return Lineup.open(contestants(), new PoolWorkload(layout, PAGES, heads));
  }

  private static TranscodeEntrant copy(PoolWorkload workload) {
    MemorySegment memory = workload.pool().memory();
    long bytes = CellPool.PAGE_BYTES;
    return new TranscodeEntrant(
        workload,
        (page, buffer) -> MemorySegment.copy(memory, page * bytes, buffer, 0, bytes),
        (page, buffer) -> buffer.mismatch(memory.asSlice(page * bytes, bytes)) < 0);
  }

  private TranscodeEntrant gather(PoolWorkload workload) {
    Transcoder way = Transcoder.of(workload.pool().host(), stored);
    return new TranscodeEntrant(
        workload,
        (page, buffer) -> way.gather(workload.pool().slot(page), 0, buffer),
        (page, buffer) -> RowOrder.same(workload, this, page, buffer));
  }

  private TranscodeEntrant scatter(PoolWorkload workload) {
    Transcoder way = Transcoder.of(workload.pool().host(), stored);
    return new TranscodeEntrant(
        workload,
        (page, buffer) -> way.scatter(buffer, workload.pool().slot(page), 0),
        (page, buffer) -> RowOrder.same(workload, this, page, buffer));
  }
}
