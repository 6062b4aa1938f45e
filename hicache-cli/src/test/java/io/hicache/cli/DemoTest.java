package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.PageLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTest {
  @TempDir private Path directory;
  private Path text = Path.of("text");

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(directory.resolve("text"), "The tide turns at noon. ".repeat(60));
  }

  @Test
  void demo_defaultText_comesBackWholeInAnotherProcess() throws IOException {
    Cli demo = Cli.run("demo", "--json");

    assertEquals(0, demo.code(), demo.err());
    JsonNode stored = json(demo).get("stored");
    JsonNode restored = json(demo).get("restored");
    assertEquals(ProcessHandle.current().pid(), stored.get("pid").asLong());
    assertNotEquals(stored.get("pid").asLong(), restored.get("pid").asLong());
    int pages = stored.get("pages").asInt();
    assertTrue(pages > 32, "a prompt of some length: " + stored);
    assertEquals(pages, restored.get("found").asInt());
    assertEquals(pages, restored.get("restored").asInt());
    assertTrue(restored.get("pages").asInt() > pages, "the follow-up has pages of its own");
    assertEquals((long) pages * DemoModel.PAGE_BYTES, restored.get("bytes").asLong());
    assertEquals(0, restored.get("wrongBytes").asLong());
  }

  @Test
  void demo_onDirectoryThatHasThePages_keepsThemAndStillSeesADamagedOne() throws IOException {
    run("demo");
    damageOnePage();

    Cli again = run("demo", "--json");

    assertEquals(3, again.code(), again.err());
    JsonNode stored = json(again).get("stored");
    assertEquals(stored.get("pages"), stored.get("kept"));
    assertEquals(0, stored.get("bytes").asLong());
    JsonNode restored = json(again).get("restored");
    assertEquals(stored.get("pages"), restored.get("found"));
    assertEquals(1, restored.get("damaged").asInt());
    assertEquals(restored.get("found").asInt() - 1, restored.get("restored").asInt());
  }

  @Test
  void demo_storeThatReturnsAWrongByte_countsItAndExitsThree() throws IOException {
    Cli demo = run("demo", "--backend", "lying", "--json");

    assertEquals(3, demo.code(), demo.err());
    assertEquals(1, json(demo).get("restored").get("wrongBytes").asLong());
  }

  @ParameterizedTest
  @EnumSource(PageLayout.class)
  void demoLayout_each_comesBackWholeInAnotherLayout(PageLayout layout) throws IOException {
    Cli demo = run("demo", "--layout", layout.label(), "--json");

    assertEquals(0, demo.code(), demo.err());
    JsonNode stored = json(demo).get("stored");
    JsonNode restored = json(demo).get("restored");
    assertEquals(layout.label(), stored.get("layout").asText());
    assertEquals(layout.label(), json(demo).get("storedLayout").asText());
    assertNotEquals(layout.label(), restored.get("layout").asText());
    assertTrue(stored.get("pages").asInt() > 1, "a prompt of some pages: " + stored);
    assertEquals(stored.get("pages"), restored.get("restored"));
    assertEquals(0, restored.get("wrongBytes").asLong());
  }

  @Test
  void demoLayout_withStoredLayout_storesInThatAndBothTranscode() throws IOException {
    Cli demo = run("demo", "--layout", "page-first", "-O", "stored_layout=page_head", "--json");

    assertEquals(0, demo.code(), demo.err());
    assertEquals("page_first", json(demo).get("stored").get("layout").asText());
    assertEquals("page_head", json(demo).get("storedLayout").asText());
    assertEquals("page_first_direct", json(demo).get("restored").get("layout").asText());
    assertEquals(json(demo).get("stored").get("pages"), json(demo).get("restored").get("restored"));
    assertEquals(0, json(demo).get("restored").get("wrongBytes").asLong());
  }

  @Test
  void demoLayout_secondInAnotherLayout_findsNothingOfTheFirst() throws IOException {
    run("demo", "--layout", "page_first");

    Cli other = run("demo", "--layout", "page_head", "--json");

    assertEquals(0, other.code(), other.err());
    assertEquals(0, json(other).get("stored").get("kept").asInt(), "bytes of another order");
  }

  @Test
  void demoLayout_storeThatReturnsAWrongByte_countsItAndExitsThree() throws IOException {
    Cli demo = run("demo", "--backend", "lying", "--layout", "layer_first", "--json");

    assertEquals(3, demo.code(), demo.err());
    assertEquals(1, json(demo).get("restored").get("wrongBytes").asLong());
  }

  @Test
  void demoLayout_unknown_isWrongUseThatListsThem() {
    Cli demo = run("demo", "--layout", "page_last");

    assertEquals(2, demo.code());
    assertTrue(demo.error().contains("page_last"), demo.err());
    assertTrue(demo.error().contains("page_first_direct"), demo.err());
  }

  @Test
  void result_wrongBytesMissingPagesOrNeither_saysSoInCodeAndWords() {
    assertEquals(0, result(5, 5, 0).exitCode());
    assertTrue(result(5, 5, 0).table().contains("every byte is right"));
    assertEquals(1, result(5, 4, 0).exitCode());
    assertTrue(result(5, 4, 0).table().contains("missing"));
    assertEquals(3, result(5, 4, 1).exitCode());
    assertTrue(result(5, 5, 1).table().contains("WRONG"));
  }

  @Test
  void demo_textThatFillsNoPageOrIsNone_isWrongUse() throws IOException {
    Files.writeString(text, "Too short.");
    assertTrue(run("demo").error().contains("must fill a page of 64"));
    Files.write(text, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertTrue(run("demo").error().contains("UTF-8"));
    Files.delete(text);
    Cli missing = run("demo");
    assertEquals(2, missing.code());
    assertTrue(missing.error().contains("not found"));
  }

  @Test
  void prompt_withFollowUp_hasThePagesOfThePromptFirst() throws IOException {
    String prompt = DemoPrompt.text(Optional.empty());
    DemoPrompt first = DemoPrompt.of(prompt);
    DemoPrompt second = DemoPrompt.of(prompt, DemoPrompt.followUp());

    assertEquals(first.keys(), second.keys().subList(0, first.keys().size()));
    assertEquals(first.tokens() / DemoModel.PAGE_TOKENS, first.keys().size());
    assertTrue(second.keys().size() > first.keys().size());
  }

  private static DemoResult result(int stored, int restored, long wrongBytes) {
    return new DemoResult(
        "file",
        "layer_first",
        DemoModel.PAGE_BYTES,
        new DemoWriter.Stored(1, "layer_first", 400, stored, 0, 1 << 20, 0.5),
        new DemoReader.Restored(
            2, "page_first", 500, stored + 1, restored, restored, 0, 1 << 20, wrongBytes, 0.25));
  }

  private void damageOnePage() throws IOException {
    try (var files = Files.walk(directory.resolve("store"))) {
      Path page =
          files
              .filter(file -> file.toFile().length() > DemoModel.PAGE_BYTES)
              .filter(Files::isRegularFile)
              .findFirst()
              .orElseThrow();
      try (RandomAccessFile open = new RandomAccessFile(page.toFile(), "rw")) {
        open.seek(DemoModel.PAGE_BYTES / 2);
        int right = open.read();
        open.seek(DemoModel.PAGE_BYTES / 2);
        open.write(right ^ 1);
      }
    }
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--text", text.toString(), "-O", "dir=" + directory.resolve("store")));
    return Cli.run(all.toArray(String[]::new));
  }

  private static JsonNode json(Cli run) throws IOException {
    return new ObjectMapper().readTree(run.line());
  }
}
