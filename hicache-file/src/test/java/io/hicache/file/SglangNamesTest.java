package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every configuration in which SGLang's file backend named pages: the same names and bytes. */
class SglangNamesTest {
  private static final List<JsonNode> CASES =
      SglangVectors.each(SglangVectors.cases().required("cases")).toList();

  @TempDir Path directory;
  private final Arena arena = Arena.ofShared();

  @Test
  void cases_ofTheVectors_areAllHere() {
    Map<String, Integer> families = new TreeMap<>();
    CASES.forEach(each -> families.merge(family(each), 1, Integer::sum));
    System.out.println("vectors/file cases, each written and read: " + families);

    assertEquals(
        Map.of(
            "cp", 1, "dp", 1, "dtype", 4, "lcm", 1, "mla", 7, "model", 18, "page", 1, "pp", 1,
            "shared", 2, "tp", 4),
        families);
    assertEquals(40, CASES.size());
  }

  @TestFactory
  Stream<DynamicTest> set_inEveryCase_writesSglangsFiles() {
    return CASES.stream().map(each -> DynamicTest.dynamicTest(id(each), () -> write(each)));
  }

  @TestFactory
  Stream<DynamicTest> get_inEveryCase_readsSglangsFiles() {
    return CASES.stream().map(each -> DynamicTest.dynamicTest(id(each), () -> read(each)));
  }

  private void write(JsonNode each) throws IOException {
    Path dir = Files.createTempDirectory(directory, "write");
    Map<String, String> expected = new TreeMap<>();
    List<Page> pages = new ArrayList<>();
    for (JsonNode object : each.required("objects")) {
      if (object.required("present").booleanValue()) {
        expected.put(object.required("file").textValue(), object.required("sha256").textValue());
      }
      byte[] bytes = SglangVectors.content(object.required("content"));
      pages.add(Page.of(key(object), segment(bytes)));
    }
    try (HiCacheStorage store = store(each, dir)) {
      assertEquals(outcomes(each, pages.size()), store.batchSet(pages).outcomes());
    }
    assertEquals(expected, SglangVectors.digests(dir));
  }

  private void read(JsonNode each) throws IOException {
    Path dir = Files.createTempDirectory(directory, "read");
    List<Page> targets = new ArrayList<>();
    List<byte[]> expected = new ArrayList<>();
    for (JsonNode object : each.required("objects")) {
      byte[] bytes = SglangVectors.content(object.required("content"));
      if (object.required("present").booleanValue()) {
        assertEquals(object.required("sha256").textValue(), SglangVectors.sha256(bytes));
        Files.write(dir.resolve(object.required("file").textValue()), bytes);
      }
      expected.add(bytes);
      targets.add(Page.of(key(object), arena.allocate(bytes.length)));
    }
    try (HiCacheStorage store = store(each, dir)) {
      List<PageKey> keys = new ArrayList<>(targets.stream().map(Page::key).toList());
      keys.add(SglangVectors.keys(200).getLast());
      assertEquals(each.required("batch_exists").intValue(), store.batchExists(keys));
      assertEquals(outcomes(each, targets.size()), store.batchGet(targets).outcomes());
    }
    if (each.required("batch_get_equal").get(0).booleanValue()) {
      for (int i = 0; i < targets.size(); i++) {
        HostPart part = (HostPart) targets.get(i).parts().getFirst();
        assertArrayEquals(expected.get(i), part.segment().toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  /** SGLang answers False where the name is too long for a file; here that is a kind of its own. */
  private static List<Outcome> outcomes(JsonNode each, int size) {
    boolean possible = each.required("set").booleanValue();
    return Collections.nCopies(size, possible ? Outcome.DONE : Outcome.FAILED_REFUSED);
  }

  private static HiCacheStorage store(JsonNode each, Path dir) {
    return SglangVectors.open(SglangVectors.config(each.required("config"), dir));
  }

  private MemorySegment segment(byte[] bytes) {
    MemorySegment segment = arena.allocate(bytes.length);
    return segment.copyFrom(MemorySegment.ofArray(bytes));
  }

  private static PageKey key(JsonNode object) {
    return new PageKey(object.required("key").textValue());
  }

  private static String id(JsonNode each) {
    return each.required("id").textValue();
  }

  private static String family(JsonNode each) {
    return id(each).replaceFirst("[^a-z].*", "");
  }
}
