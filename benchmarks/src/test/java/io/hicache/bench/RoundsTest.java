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
  private static final String TEMPORARY = "java.io.tmpdir";
  private final String before = System.getProperty(TEMPORARY);
  @TempDir private Path directory;

  @BeforeEach
  void makeTemporaryFilesHere() {
    System.setProperty(TEMPORARY, directory.toString());
  }

  @AfterEach
  void makeTemporaryFilesWhereOthersDo() {
    System.setProperty(TEMPORARY, before);
  }

  @Test
  void close_afterSomeRounds_leavesNoFiles() throws IOException {
    Rounds rounds = opened("file.write.1KiB.2.1");
    rounds.round(new Rounds.Counters());
    rounds.close();
    assertEquals(List.of(), left());
  }

  @Test
  void round_aPageThatIsGone_failsAndLeavesNoFiles() throws IOException {
    Rounds rounds = opened("file.read.1KiB.2.1");
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path page : all.filter(Files::isRegularFile).toList()) {
        Files.delete(page);
      }
    }
    assertThrows(IllegalStateException.class, () -> rounds.round(new Rounds.Counters()));
    assertEquals(List.of(), left());
  }

  private static Rounds opened(String cell) throws IOException {
    Rounds rounds = new Rounds();
    rounds.cell = cell;
    rounds.open();
    return rounds;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      return left.toList();
    }
  }
}
