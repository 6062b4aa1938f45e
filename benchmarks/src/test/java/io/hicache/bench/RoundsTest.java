package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
  @TempDir private Path directory;

  @BeforeEach
  void storeUnderTheTestsDirectory() {
    System.setProperty(Rounds.DIRECTORY, directory.toString());
  }

  @AfterEach
  void storeWhereOthersDo() {
    System.clearProperty(Rounds.DIRECTORY);
  }

  @Test
  void round_aPageThatIsGone_failsAndLeavesNoFiles() throws IOException {
    Rounds rounds = new Rounds();
    rounds.cell = "file.read.1KiB.2.1";
    rounds.open();
    Path page = onlyBareDirectory();
    try (Stream<Path> pages = Files.list(page)) {
      for (Path each : pages.toList()) {
        Files.delete(each);
      }
    }
    assertThrows(IllegalStateException.class, () -> rounds.round(new Rounds.Counters()));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private Path onlyBareDirectory() throws IOException {
    try (Stream<Path> cells = Files.list(directory)) {
      return cells.findFirst().orElseThrow().resolve("bare");
    }
  }
}
