package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.StorageConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * How SGLang's file backend behaves beside names and bytes: the same here, or better on purpose.
 */
class SglangBehavioursTest {
  private static final Arena ARENA = Arena.ofAuto();
  private static final List<PageKey> KEYS = SglangVectors.keys(3);

  @TempDir Path all;
  private Path directory = Path.of("");

  @Test
  void behaviours_ofTheVectors_areAllHere() {
    Set<String> recorded = new TreeSet<>();
    SglangVectors.each(SglangVectors.cases().required("behaviours"))
        .forEach(each -> recorded.add(each.required("case").textValue()));
    Map<String, String> none = outOfScope();
    System.out.printf(
        "vectors/file behaviours: %d tried, %d without a counterpart: %s%n",
        tried().size(), none.size(), none);

    Set<String> here = new TreeSet<>(tried().keySet());
    here.addAll(none.keySet());
    assertEquals(recorded, here);
    assertEquals(19, tried().size() + none.size());
  }

  @TestFactory
  Stream<DynamicTest> behaviour_ofSglang_isKeptOrBettered() {
    return tried().entrySet().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.getKey(),
                () -> {
                  directory = Files.createTempDirectory(all, "each");
                  each.getValue().execute();
                }));
  }

  /** What has no counterpart here, and why. */
  private static Map<String, String> outOfScope() {
    return Map.of(
        "get with target_location None", "a page has memory, or it is none",
        "batch_get with target_locations None", "a page has memory, or it is none",
        "set value None (absent key)", "a page has memory, or it is none",
        "get_stats", "the guard counts for every backend",
        "has close()", "every storage here has");
  }

  private Map<String, Executable> tried() {
    Map<String, Executable> tried = new LinkedHashMap<>();
    tried.put(
        "set of an existing key with other bytes -> returns; bytes on disk unchanged",
        this::setOfAnExistingKey);
    tried.put("get absent key", () -> with(s -> assertEquals(Outcome.ABSENT, s.get(page(0, 9)))));
    tried.put("get into target larger than file (short read)", () -> mismatch(10));
    tried.put("get into target smaller than file (extra bytes ignored)", () -> mismatch(8));
    tried.put("batch_get one present one absent", this::oneAbsent);
    tried.put("batch_set empty", () -> with(s -> assertTrue(s.batchSet(List.of()).allDone())));
    tried.put("batch_exists empty", () -> with(s -> assertEquals(0, s.batchExists(List.of()))));
    tried.put("batch_exists with hole [present, absent, present]", this::hole);
    tried.put("set empty tensor (0 bytes)", this::setOfNothing);
    tried.put("set non-contiguous tensor stores contiguous order", this::setOfParts);
    tried.put(
        "listing after writes has no leftovers (temp name while writing is .<32 hex>.tmp in the same dir)",
        this::leftovers);
    tried.put("clear() removes every file of the directory (also foreign names)", this::clear);
    tried.put(
        "constructor with tp_rank!=0 and no directory -> directory not created", this::otherRank);
    tried.put("default directory", this::defaultDirectory);
    return tried;
  }

  private void defaultDirectory() {
    assertEquals(
        List.of(FileConfig.SGLANG_DIR.toString()),
        SglangVectors.each(SglangVectors.cases().required("behaviours"))
            .filter(each -> each.required("case").textValue().equals("default directory"))
            .map(each -> each.required("result").textValue())
            .toList());
  }

  private void setOfAnExistingKey() throws IOException {
    with(store -> {
      assertEquals(Outcome.DONE, store.set(page(0, 9)));
      Page other = Page.of(KEYS.getFirst(), ARENA.allocate(9).fill((byte) 1));
      assertEquals(Outcome.KEPT, store.set(other));
    });
    assertArrayEquals(new byte[9], Files.readAllBytes(file()));
  }

  /** SGLang raises, or takes the beginning of another page for the page. */
  private void mismatch(int bytes) throws IOException {
    with(store -> {
      store.set(page(0, 9));
      assertEquals(Outcome.MISMATCH, store.get(page(0, bytes)));
    });
    assertEquals(9, Files.size(file()));
  }

  private void oneAbsent() {
    with(store -> {
      store.set(page(0, 9));
      assertEquals(
          List.of(Outcome.DONE, Outcome.ABSENT),
          store.batchGet(List.of(page(0, 9), page(1, 9))).outcomes());
    });
  }

  private void hole() {
    with(store -> {
      store.batchSet(List.of(page(0, 9), page(2, 9)));
      assertEquals(1, store.batchExists(KEYS));
    });
  }

  /** SGLang writes an empty file, which is then a hit of no bytes. */
  private void setOfNothing() throws IOException {
    with(store -> assertThrows(IllegalArgumentException.class, () -> store.set(page(0, 0))));
    Files.write(file(), new byte[0]);
    with(store -> assertEquals(0, store.batchExists(KEYS)));
  }

  private void setOfParts() throws IOException {
    List<Part> parts =
        Stream.of(3, 1, 2)
            .map(value -> (Part) new HostPart(ARENA.allocate(value).fill(value.byteValue())))
            .toList();
    with(store -> assertEquals(Outcome.DONE, store.set(new Page(KEYS.getFirst(), parts))));
    assertArrayEquals(new byte[] {3, 3, 3, 1, 2, 2}, Files.readAllBytes(file()));
  }

  private void leftovers() throws IOException {
    with(store -> store.batchSet(List.of(page(0, 9), page(1, 9), page(2, 9))));
    assertEquals(3, SglangVectors.digests(directory).size());
  }

  /** SGLang's also removes what is not its own. */
  private void clear() throws IOException {
    Files.write(directory.resolve("foreign"), new byte[1]);
    with(store -> {
      store.set(page(0, 9));
      store.clear();
    });
    assertEquals(Set.of("foreign"), SglangVectors.digests(directory).keySet());
  }

  /** SGLang leaves the directory to rank 0; any rank makes it here, below one that is there. */
  private void otherRank() {
    StorageConfig config = config(directory.resolve("new"));
    SglangVectors.open(config.withRanks(config.ranks().withTp(1, 2))).close();
    assertTrue(Files.isDirectory(directory.resolve("new")));
  }

  private void with(Consumer<HiCacheStorage> work) {
    try (HiCacheStorage store = SglangVectors.open(config(directory))) {
      work.accept(store);
    }
  }

  private static StorageConfig config(Path dir) {
    return new Store(dir).config().withOption("naming", "sglang");
  }

  private Path file() {
    return directory.resolve(KEYS.getFirst().value() + "_m_0_1.bin");
  }

  private static Page page(int key, long bytes) {
    return Page.of(KEYS.get(key), ARENA.allocate(bytes));
  }
}
