package io.hicache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void parse_nothing_runsEverySuiteInFull() {
    Arguments arguments = Arguments.parse(List.of());
    assertEquals(List.of("file", "hash", "pools", "resp"), names(arguments));
    assertEquals(Effort.FULL, arguments.effort());
    assertEquals(Optional.empty(), arguments.json());
    assertEquals(Optional.empty(), arguments.publish());
    assertEquals(Path.of(System.getProperty("java.io.tmpdir")), arguments.directory());
  }

  @Test
  void parse_everyOption_isTaken() {
    Arguments arguments =
        Arguments.parse(
            List.of("hash", "--quick", "--json", "a.json", "--publish", "out", "--dir", "/"));
    assertEquals(List.of("hash"), names(arguments));
    assertEquals(Effort.QUICK, arguments.effort());
    assertEquals(Optional.of(Path.of("a.json")), arguments.json());
    assertEquals(Optional.of(Path.of("out")), arguments.publish());
    assertEquals(Path.of("/"), arguments.directory());
  }

  @Test
  void parse_suitesNamed_keepsTheirOrderAndRunsNoneTwice() {
    assertEquals(List.of("hash", "file"), names(Arguments.parse(List.of("hash", "file", "hash"))));
  }

  @Test
  void parse_unknownSuite_listsWhatThereIs() {
    assertEquals("suite flie: must be one of file, hash, pools, resp", refusal("flie"));
  }

  @Test
  void parse_unknownOption_isNamed() {
    assertEquals("option --fast: must be --quick, --json, --publish or --dir", refusal("--fast"));
  }

  @Test
  void parse_optionWithoutItsPath_isNamed() {
    assertEquals("option --json: must be followed by a path", refusal("hash", "--json"));
  }

  @Test
  void parse_aDirectoryThatIsNotThere_isNamed() {
    assertEquals("--dir /no/such: must be a directory", refusal("--dir", "/no/such"));
  }

  @Test
  void run_wrongUse_explainsOnStderrAndReturnsTwo() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Suites.run(List.of("--fast"), printing(out), printing(err));
    assertEquals(2, code);
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("option --fast") && said.contains("usage: bench"), said);
  }

  private static PrintStream printing(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static List<String> names(Arguments arguments) {
    return arguments.suites().stream().map(Suite::name).toList();
  }

  private static String refusal(String... arguments) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Arguments.parse(List.of(arguments)));
    return String.valueOf(e.getMessage());
  }

  @Test
  void parse_theBeginningOfCells_isThoseCells() {
    Arguments arguments = Arguments.parse(List.of("file.write.64KiB", "hash"));

    List<Cell> cells = arguments.suites().getFirst().cells(Effort.FULL);
    assertEquals(2, arguments.suites().size());
    assertEquals(4, cells.size());
    cells.forEach(cell -> assertTrue(cell.name().startsWith("file.write.64KiB."), cell.name()));
    assertEquals("file", arguments.suites().getFirst().name());
  }

  @Test
  void parse_cellsThatNoSuiteHas_areRefusedWithAnExample() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Arguments.parse(List.of("file.write.6")));

    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("file.write.6:"), message);
    assertTrue(message.contains("file.read.64KiB.64.1"), message);
  }
}
