package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.bench.report.CellReport;
import io.hicache.bench.report.ContestantRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tiny cell of each kind, all the way: a JVM forked by JMH, real files, real figures. */
class JmhForksTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"file.read.5000B.3.7", "file.write.300KiB.3.1", "hash.16"})
  void run_tinyCell_bringsEveryContestantsRoundsBackAndLeavesNoBytes(String name)
      throws IOException, CellFailure {
    Cell cell = Catalog.cell(name);
    Samples samples = new JmhForks(directory).run(cell, new Plan(1, 1, 1, 2));
    CellReport report = CellReport.of(cell, samples);
    assertEquals(name, report.name());
    assertEquals(2, report.rounds());
    assertEquals(cell.contestants().size(), report.contestants().size());
    for (ContestantRow row : report.contestants()) {
      assertTrue(row.rate() > 0 && row.done() > 0 && row.cpu() > 0, row::toString);
      assertEquals(row.pages(), row.done(), row::toString);
    }
    assertTrue(report.figures().stream().allMatch(figure -> figure.value() > 0));
    try (Stream<Path> left = Files.walk(directory)) {
      assertEquals(0, left.filter(Files::isRegularFile).mapToLong(JmhForksTest::bytes).sum());
    }
  }

  @Test
  void run_aCellThatCannotOpen_failsWithTheContestantsWords() {
    Path missing = directory.resolve("missing");
    CellFailure failure =
        assertThrows(
            CellFailure.class,
            () ->
                new JmhForks(missing)
                    .run(Catalog.cell("file.write.1KiB.1.1"), new Plan(1, 1, 0, 1)));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("NoSuchFileException"), failure::toString);
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
