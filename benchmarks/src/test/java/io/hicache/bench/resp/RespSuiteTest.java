package io.hicache.bench.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.bench.Cell;
import io.hicache.bench.Contestant;
import io.hicache.bench.Effort;
import io.hicache.bench.Figure;
import io.hicache.bench.Lineup;
import io.hicache.bench.Sample;
import io.hicache.bench.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespSuiteTest {
  private final RespSuite suite = new RespSuite();
  @TempDir private Path directory = Path.of("directory");

  @Test
  void cells_ofTheSuite_areFoundByTheirNames() {
    for (Cell cell : suite.cells(Effort.FULL)) {
      assertEquals(cell, suite.cell(cell.name()));
    }
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> suite.cell("resp.redis.read.1MiB"));
    assertTrue(String.valueOf(refused.getMessage()).contains("batch"));
  }

  /** Two rounds: the first compares bytes. Pages of more than one step of the checksum. */
  @ParameterizedTest
  @CsvSource({
    "resp.redis.read.300KiB.3",
    "resp.redis.write.300KiB.3",
    "resp.redis.read.300KiB.3.peers",
    "resp.redis.write.300KiB.3.peers",
    "resp.redis.read.300KiB.16.far",
    "resp.redis.read.2KiB.2.far",
    "resp.redis.write.2KiB.2.far",
  })
  void cell_ofAFewPages_bringsEveryByteBack(String name) throws IOException {
    Cell cell = suite.cell(name);
    List<List<Sample>> rounds = new ArrayList<>();
    try (Lineup lineup = cell.open(directory)) {
      rounds.add(lineup.round());
      rounds.add(lineup.round());
    }
    Set<String> ran = rounds.getLast().stream().map(Sample::contestant).collect(Collectors.toSet());
    assertEquals(
        cell.contestants().stream().map(Contestant::label).collect(Collectors.toSet()), ran);
    Samples samples = new Samples(List.of(rounds));
    for (Figure figure : cell.figures()) {
      assertTrue(figure.name().startsWith(cell.name()), figure::name);
      assertTrue(figure.measure().in(samples).median() > 0, figure::name);
    }
  }

  @Test
  void expect_anotherReply_failsTheTrial() throws IOException {
    try (Server server = new Server(ServerProgram.REDIS, directory);
        RawSocket socket = new RawSocket(server.port())) {
      socket.put(RawSocket.command("GET", "nothing"));
      socket.send();
      assertThrows(IOException.class, () -> socket.expect(RawSocket.ascii("$1\r\n")));
    }
  }
}
