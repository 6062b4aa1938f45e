package io.hicache.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByHandTest {
  private final String store = UUID.randomUUID().toString();
  private final byte[] bytes = new byte[100_003];
  @TempDir private Path directory;
  private Path file = Path.of("page");
  private Path copy = Path.of("copy");

  @BeforeEach
  void writePage() throws IOException {
    new Random(7).nextBytes(bytes);
    file = Files.write(directory.resolve("page"), bytes);
    copy = directory.resolve("copy");
  }

  @Test
  void get_afterPut_writesTheSameBytes() throws IOException {
    assertEquals("k\tstored\t100003 bytes", run("put", "k", file.toString()).line());

    Cli got = run("get", "k", copy.toString());

    assertEquals(0, got.code());
    assertArrayEquals(bytes, Files.readAllBytes(copy));
    assertEquals(2, entries(), "no temporary file is left");
  }

  @Test
  void put_keyThatIsThere_keepsItUnlessOverwriting() throws IOException {
    run("put", "k", file.toString());
    Files.write(file, new byte[] {1, 2, 3});

    Cli kept = run("put", "k", file.toString());
    run("get", "k", copy.toString());

    assertEquals("k\tkept, it was already there\t3 bytes", kept.line());
    assertEquals(bytes.length, Files.size(copy));
    assertEquals(0, run("put", "k", file.toString(), "--overwrite").code());
    run("get", "k", copy.toString());
    assertEquals(3, Files.size(copy));
  }

  @Test
  void put_fileNoPageCanBe_isWrongUseThatNamesIt() throws IOException {
    Files.write(file, new byte[0]);
    assertWrongUse("0 bytes", run("put", "k", file.toString()));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    assertWrongUse("67108865 bytes", run("put", "k", file.toString()));
    assertWrongUse("not found", run("put", "k", directory.resolve("none").toString()));
    assertEquals(1, run("exists", "k").code());
  }

  @Test
  void get_absentKey_exitsOneAndTouchesNoFile() throws IOException {
    Files.writeString(copy, "before");

    Cli got = run("get", "k", copy.toString());

    assertEquals(1, got.code());
    assertEquals("k\tabsent\t0 bytes", got.line());
    assertEquals("before", Files.readString(copy));
  }

  @Test
  void get_damagedPage_exitsThreeAndWritesNothing() throws IOException {
    run("put", "k", file.toString());
    MemoryProvider.only(store).damage("k");

    assertEquals(3, run("get", "k", copy.toString()).code());
    assertEquals(3, run("get", "k", "-").code());
    assertEquals(1, entries());
  }

  @Test
  void get_fileInNoDirectoryOrADirectory_isWrongUse() throws IOException {
    run("put", "k", file.toString());
    assertWrongUse("its directory", run("get", "k", directory.resolve("no/such").toString()));
    assertWrongUse("must not be a directory", run("get", "k", directory.toString()));
    assertEquals(1, entries());
  }

  @Test
  void get_storeThatTellsNoLength_wantsItFromTheUser() throws IOException {
    run("put", "k", file.toString());
    String mute = "-Otells-length=false";

    assertWrongUse("--length", run("get", "k", copy.toString(), mute));
    assertEquals(0, run("get", "k", copy.toString(), mute, "--length=100003").code());
    assertArrayEquals(bytes, Files.readAllBytes(copy));
    assertEquals(3, run("get", "k", copy.toString(), mute, "--length=1KiB").code());
    assertArrayEquals(bytes, Files.readAllBytes(copy));
    assertEquals(1, run("get", "none", copy.toString(), mute, "--length=1KiB").code());
    assertWrongUse("--length", run("get", "k", copy.toString(), "--length=65MiB"));
    assertWrongUse("--length", run("get", "k", copy.toString(), "--length=much"));
  }

  @Test
  void exists_severalKeys_tellsEachAndExitsOneIfOneIsAbsent() {
    run("put", "a", file.toString());
    run("put", "c", file.toString());

    Cli mixed = run("exists", "a", "b", "c");

    assertEquals(1, mixed.code());
    assertEquals(List.of("a\tpresent", "b\tabsent", "c\tpresent"), mixed.out().lines().toList());
    assertEquals(0, run("exists", "a", "c").code());
  }

  @Test
  void delete_presentAndAbsentKey_tellsEachAndSucceeds() {
    run("put", "a", file.toString());

    Cli deleted = run("delete", "a", "b");

    assertEquals(0, deleted.code());
    assertEquals(List.of("a\tdeleted", "b\tabsent"), deleted.out().lines().toList());
    assertEquals(1, run("exists", "a").code());
  }

  @Test
  void anyOperation_keyOutOfForm_isWrongUseBeforeTheStoreIsOpened() {
    for (String key : List.of("a/b", "..", "a b", "", "x".repeat(513))) {
      assertWrongUse("key ", run("put", key, file.toString(), "-Odown=true"));
      assertWrongUse("key ", run("get", key, copy.toString(), "-Odown=true"));
      assertWrongUse("key ", run("exists", "good", key, "-Odown=true"));
      assertWrongUse("key ", run("delete", "good", key, "-Odown=true"));
    }
    assertFalse(Files.exists(copy));
  }

  private int entries() throws IOException {
    try (var list = Files.list(directory)) {
      return (int) list.count();
    }
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--backend", "memory", "-O", "store=" + store));
    return Cli.run(all.toArray(String[]::new));
  }

  private static void assertWrongUse(String part, Cli run) {
    assertEquals(2, run.code(), run.err());
    assertTrue(run.error().contains(part), run.err());
    assertEquals("", run.out());
  }
}
