package io.hicache.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.docs.MarkdownPage.Fence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SnippetsTest {
  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> javaBlock_ofEveryPage_compiles() throws IOException {
    List<DynamicTest> tests = MarkdownPage.all().stream().flatMap(this::testsOf).toList();
    assertTrue(tests.size() >= 2, "the README and the page of backend file have one each");
    return tests.stream();
  }

  @Test
  void javaBlock_withAMistake_isComplainedOf() throws IOException {
    assertNotEquals("", new Snippet("HiCacheStorages.open(\"file\");").complaints(directory));
    assertNotEquals("", new Snippet("record Pair(int a) { Missing b; }").complaints(directory));
  }

  @Test
  void readme_firstJavaBlock_doesWhatItSays() throws Exception {
    Fence block = java(MarkdownPage.of("README.md")).findFirst().orElseThrow();
    assertEquals("", new Snippet(block.text()).complaints(directory));

    assertEquals("1 page there, read: DONE", printedBy(directory));
    assertTrue(Files.exists(directory.resolve("store")), "the store was where the test put it");
  }

  private static String printedBy(Path classes) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setProperty("hicache.file.dir", classes.resolve("store").toString());
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Snippet.run(classes);
    } finally {
      System.setOut(before);
      System.clearProperty("hicache.file.dir");
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  private Stream<DynamicTest> testsOf(MarkdownPage page) {
    return java(page)
        .map(fence ->
            DynamicTest.dynamicTest(
                page.name() + ":" + fence.line(),
                () -> assertEquals("", new Snippet(fence.text()).complaints(directory))));
  }

  private static Stream<Fence> java(MarkdownPage page) {
    return page.fences().stream().filter(fence -> fence.language().equals("java"));
  }
}
