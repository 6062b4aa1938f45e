package io.hicache.bench.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.PageLayout;
import io.hicache.bench.Cell;
import io.hicache.bench.Contestant;
import io.hicache.bench.Effort;
import io.hicache.bench.Lineup;
import io.hicache.bench.Sample;
import io.hicache.bench.Samples;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolsSuiteTest {
  private final PoolsSuite suite = new PoolsSuite();
  @TempDir private Path directory = Path.of("directory");

  @Test
  void cells_ofTheSuite_areFoundByTheirNames() {
    for (Cell cell : suite.cells(Effort.QUICK)) {
      assertSame(cell, suite.cell(cell.name()));
    }
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> suite.cell("pools.speed"));
    assertTrue(String.valueOf(refused.getMessage()).contains("pools.write"));
  }

  @Test
  void trips_ofAFewPages_bringEveryByteBack() throws IOException {
    runs(new TripCell(true, 2));
    runs(new TripCell(false, 2));
  }

  @Test
  void cellsInMemory_each_doTheirWorkAndHaveTheirFigures() throws IOException {
    for (Cell cell : suite.cells(Effort.QUICK)) {
      if (!(cell instanceof TripCell)) {
        runs(cell);
      }
    }
  }

  @Test
  void same_aByteOfAPageChanged_isSeen() {
    TranscodeCell cell = new TranscodeCell(PageLayout.LAYER_FIRST, PageLayout.LAYER_FIRST, 1);
    try (PoolWorkload workload = new PoolWorkload(PageLayout.LAYER_FIRST, 1, 1)) {
      MemorySegment memory = workload.pool().memory();
      MemorySegment copy = MemorySegment.ofArray(memory.toArray(ValueLayout.JAVA_BYTE));
      assertTrue(RowOrder.same(workload, cell, 0, copy));
      for (long at : new long[] {0, 1_000_003, CellPool.PAGE_BYTES - 1}) {
        byte right = copy.get(ValueLayout.JAVA_BYTE, at);
        copy.set(ValueLayout.JAVA_BYTE, at, (byte) (right ^ 1));
        assertEquals(false, RowOrder.same(workload, cell, 0, copy));
        copy.set(ValueLayout.JAVA_BYTE, at, right);
      }
    }
  }

  /** Two rounds: the first compares bytes. */
  private void runs(Cell cell) throws IOException {
    List<List<Sample>> rounds = new ArrayList<>();
    try (Lineup lineup = cell.open(Files.createDirectory(directory.resolve(cell.name())))) {
      rounds.add(lineup.round());
      rounds.add(lineup.round());
    }
    Set<String> ran = rounds.getLast().stream().map(Sample::contestant).collect(Collectors.toSet());
    assertEquals(
        cell.contestants().stream().map(Contestant::label).collect(Collectors.toSet()), ran);
    Samples samples = new Samples(List.of(rounds));
    cell.figures()
        .forEach(figure -> assertTrue(Double.isFinite(figure.measure().in(samples).median())));
    cell.figures().forEach(figure -> assertTrue(figure.name().startsWith(cell.name())));
  }
}
