package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {
  private final String store = UUID.randomUUID().toString();
  @TempDir private Path directory;

  @BeforeEach
  void storeTwoPages() throws IOException {
    Path file = Files.write(directory.resolve("page"), new byte[1000]);
    run("put", "a", file.toString());
    run("put", "b", file.toString());
  }

  @Test
  void stats_ofAStore_showsItsReport() throws IOException {
    List<String> lines =
        run("stats").out().lines().map(line -> line.replaceAll(" +", " ")).toList();

    assertTrue(
        lines.containsAll(List.of("backend memory", "pages 2", "bytes 2000")), lines::toString);
    assertTrue(lines.containsAll(List.of("budget 1MiB", "made-up-counter 7")), lines::toString);
    JsonNode json = new ObjectMapper().readTree(run("stats", "--json").line());
    assertEquals(2, json.get("pages").asInt());
    assertEquals("7", json.get("details").get("made-up-counter").asText());
  }

  @Test
  void namespaces_ofAStore_listsEachWithItsIdentity() throws IOException {
    run("exists", "a", "--model", "other");

    JsonNode json = new ObjectMapper().readTree(run("namespaces", "--json").line());

    List<String> models = new ArrayList<>();
    json.forEach(each -> models.add(each.get("fields").get("model").asText()));
    models.sort(null);
    assertEquals(List.of("hicache-cli", "other"), models);
    assertTrue(run("namespaces").out().contains("dtype=bytes"));
  }

  @Test
  void anyOperation_namespaceOfTheStore_opensItByItsRecord() throws IOException {
    run("put", "c", directory.resolve("page").toString(), "--model", "other");
    String id =
        run("namespaces")
            .out()
            .lines()
            .filter(line -> line.contains("model=other"))
            .findFirst()
            .orElseThrow()
            .split("\t", 2)[0];

    assertEquals(0, run("exists", "c", "--namespace", id).code());
    assertEquals(1, run("exists", "a", "--namespace", id).code());
    assertEquals(1, run("exists", "c").code());
  }

  @Test
  void anyOperation_namespaceTheStoreLacks_isWrongUseThatListsThoseItHas() {
    String id = run("namespaces").line().split("\t", 2)[0];

    Cli lacking = run("exists", "a", "--namespace", "0123456789abcdef");

    assertEquals(2, lacking.code());
    assertTrue(lacking.error().contains(id), lacking.err());
    assertEquals(2, run("exists", "a", "--namespace", id, "--model", "m").code());
  }

  @Test
  void clear_withoutTerminalOrYes_removesNothing() {
    Cli refused = run("clear");

    assertEquals(2, refused.code());
    assertTrue(refused.error().contains("--yes"), refused.err());
    assertEquals(0, run("exists", "a", "b").code());
  }

  @Test
  void clear_withYes_removesThisNamespaceAlone() throws IOException {
    run("put", "a", directory.resolve("page").toString(), "--model", "other");

    assertEquals(0, run("clear", "--yes").code());

    assertEquals(1, run("exists", "a").code());
    assertEquals(0, run("exists", "a", "--model", "other").code());
  }

  @Test
  void clear_onATerminal_doesWhatTheAnswerSays() {
    assertEquals(2, answering("n\n").code());
    assertEquals(2, answering("").code());
    assertEquals(0, run("exists", "a", "b").code());
    Cli agreed = answering("Yes\n");
    assertEquals(0, agreed.code());
    assertTrue(agreed.err().contains("Remove 2 pages"), agreed.err());
    assertEquals(1, run("exists", "a").code());
  }

  @Test
  void anyOperation_storeThatIsDown_exitsFourInOneLineThatSaysWhatNext() {
    Cli down = run("exists", "a", "-Odown=true");

    assertEquals(4, down.code());
    assertTrue(
        down.error().contains("memory: is down (unavailable); ./hicache doctor"), down.err());
    assertTrue(run("exists", "a", "-Odown=true", "--verbose").err().contains("\tat io.hicache"));
  }

  @Test
  void anyOperation_unknownOptionBackendOrCommand_isWrongUseInOneLine() {
    assertEquals(2, run("exists", "a", "-Ocolour=blue").code());
    assertTrue(run("exists", "a", "-Ocolour=blue").error().contains("colour"));
    assertTrue(Cli.run("exists", "a", "--backend", "none").error().contains("memory"));
    assertEquals(2, Cli.run("exists", "a", "--backend", "none").code());
    assertEquals(2, Cli.run("exist").code());
    assertTrue(Cli.run("exists").error().contains("./hicache exists --help"));
    assertEquals(2, Cli.run().code());
  }

  @Test
  void everyCommand_withHelp_saysMoreAndExitsZero() {
    for (String command :
        List.of(
            "demo", "doctor", "put", "get", "exists", "delete", "stats", "clear", "namespaces")) {
      Cli help = Cli.run(command, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("Example"), command);
    }
  }

  private Cli answering(String answer) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    System.setProperty(Terminal.PROPERTY, "02");
    try {
      return run("clear");
    } finally {
      System.setIn(before);
      System.clearProperty(Terminal.PROPERTY);
    }
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--backend", "memory", "-O", "store=" + store));
    return Cli.run(all.toArray(String[]::new));
  }
}
