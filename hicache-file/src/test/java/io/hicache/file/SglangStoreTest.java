package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.StorageConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code naming=sglang} adds to SGLang's files, and what it leaves alone. */
class SglangStoreTest {
  private static final Arena ARENA = Arena.ofAuto();
  private static final String HASH = SglangVectors.keys(1).getFirst().value();
  private static final int BYTES = 5000;

  @TempDir Path directory;

  @Test
  void set_ofAPage_keepsItsChecksumInAnAttribute() throws IOException {
    try (HiCacheStorage store = open("crc32c")) {
      assertTrue(store.capabilities().has(Feature.CHECKSUMS));
      assertEquals(Outcome.DONE, store.set(page(1)));
    }
    CRC32C checksum = new CRC32C();
    checksum.update(Files.readAllBytes(file()));
    assertEquals(HexFormat.of().toHexDigits((int) checksum.getValue()), attribute());
    assertEquals(BYTES, Files.size(file()));
    assertEquals(1, SglangVectors.digests(directory).size());
  }

  @Test
  void set_withoutChecksums_setsNone() throws IOException {
    try (HiCacheStorage store = open("off")) {
      assertFalse(store.capabilities().has(Feature.CHECKSUMS));
      assertEquals(Outcome.DONE, store.set(page(1)));
    }
    assertEquals(List.of(), attributes().list());
  }

  @Test
  void get_ofAnAlteredPage_isMismatchAndMakesRoom() throws IOException {
    try (HiCacheStorage store = open("crc32c")) {
      store.set(page(1));
      byte[] bytes = Files.readAllBytes(file());
      bytes[17] ^= 4;
      Files.write(file(), bytes);

      assertEquals(Outcome.MISMATCH, store.get(blank(BYTES)));
      assertFalse(Files.exists(file()));
      assertEquals(Outcome.DONE, store.set(page(2)));
      assertEquals(Outcome.DONE, store.get(blank(BYTES)));
    }
  }

  @Test
  void get_ofAPageThatSglangWrote_isCheckedByItsLengthAlone() throws IOException {
    byte[] bytes = bytes(page(3));
    Files.write(file(), bytes);
    try (HiCacheStorage store = open("crc32c")) {
      Page target = blank(BYTES);
      assertEquals(Outcome.DONE, store.get(target));
      assertArrayEquals(bytes, bytes(target));
      assertEquals(Outcome.MISMATCH, store.get(blank(BYTES - 1)));
      assertEquals(Outcome.MISMATCH, store.get(blank(BYTES + 1)));
    }
    assertArrayEquals(bytes, Files.readAllBytes(file()));
    assertEquals(List.of(), attributes().list());
  }

  @Test
  void get_ofAPageThatSglangReplaced_isNotCheckedByTheOldChecksum() throws IOException {
    try (HiCacheStorage store = open("crc32c")) {
      store.set(page(1));
      Path other = directory.resolve(".0123456789abcdef0123456789abcdef.tmp");
      Files.write(other, bytes(page(2)));
      Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);

      Page target = blank(BYTES);
      assertEquals(Outcome.DONE, store.get(target));
      assertArrayEquals(bytes(page(2)), bytes(target));
    }
  }

  @Test
  void get_whereTheAttributeIsNoChecksum_isCheckedByLength() throws IOException {
    try (HiCacheStorage store = open("crc32c")) {
      store.set(page(1));
      for (String other : List.of("", "1234567", "no hex!!", "0123456789")) {
        attributes().write("hicache.crc32c", ascii(other));
        assertEquals(Outcome.DONE, store.get(blank(BYTES)), other);
      }
      attributes().write("hicache.crc32c", ascii("00000000"));
      assertEquals(Outcome.MISMATCH, store.get(blank(BYTES)));
    }
  }

  @Test
  void set_ofAnotherLength_replacesWhatIsThere() throws IOException {
    Files.write(file(), new byte[BYTES - 1]);
    try (HiCacheStorage store = open("crc32c")) {
      assertEquals(Outcome.MISMATCH, store.get(blank(BYTES)));
      assertTrue(Files.exists(file()));
      assertEquals(Outcome.DONE, store.set(page(1)));
      assertEquals(Outcome.KEPT, store.set(page(2)));
    }
    assertArrayEquals(bytes(page(1)), Files.readAllBytes(file()));
  }

  @Test
  void everyCall_onANameTooLongForAFile_isRefused() {
    PageKey fits = new PageKey("k".repeat(255 - "_m_0_1.bin".length()));
    PageKey tooLong = new PageKey("k".repeat(256 - "_m_0_1.bin".length()));
    try (HiCacheStorage store = open("crc32c")) {
      assertEquals(Outcome.DONE, store.set(SamplePages.filled(ARENA, fits.value(), 9, 1)));
      Page page = SamplePages.filled(ARENA, tooLong.value(), 9, 1);
      assertEquals("[FAILED(refused)]", store.batchSet(List.of(page)).toString());
      assertEquals("[FAILED(refused)]", store.batchGet(List.of(page)).toString());
      assertEquals("[FAILED(refused)]", store.batchPresent(List.of(tooLong)).toString());
      assertEquals("[FAILED(refused)]", store.batchDelete(List.of(tooLong)).toString());
      String message = store.batchSet(List.of(page)).firstFailure().orElseThrow().getMessage();
      assertTrue(message.contains("a file name of 256 bytes"), message);
    }
  }

  @Test
  void clear_inASharedDirectory_takesItsOwnPagesAlone() throws IOException {
    List<String> own = List.of(HASH + "_m_0_1.bin", HASH + ".draft_swa_m_0_1.bin", "key_m_0_1.bin");
    List<String> others =
        List.of(
            HASH + "_a_m_0_1.bin",
            HASH + ".swa_a_m_0_1.bin",
            HASH + "_m_0_2.bin",
            HASH + "_m.bin",
            HASH + "_m_0_1_2_0.bin",
            HASH + "_m_0_1.bin.old",
            "_m_0_1.bin",
            "notes.txt",
            ".0123456789abcdef0123456789abcdef.tmp");
    for (String name : own) {
      Files.write(directory.resolve(name), new byte[9]);
    }
    for (String name : others) {
      Files.write(directory.resolve(name), new byte[9]);
    }
    try (HiCacheStorage store = open("crc32c")) {
      assertEquals(own.size(), store.inspect().pages().orElseThrow());
      assertEquals("1", store.inspect().details().get("temporary-files"));
      store.clear();
    }
    assertEquals(others.stream().sorted().toList(), names());
  }

  @Test
  void open_ofAnyRank_leavesNoFile() throws IOException {
    open("crc32c").close();

    assertEquals(List.of(), names());
    assertEquals(List.of(), HiCacheStorages.namespaces("file", config("crc32c")));
  }

  @Test
  void sidePool_ofAKeyThatWouldCollide_isTheOnlyOneWithThatName() {
    PageKey inPool = new PageKey("x", new PoolName("mamba"));
    try (HiCacheStorage store = open("crc32c")) {
      Page page = Page.of(inPool, ARENA.allocate(7).fill((byte) 1));
      assertEquals(Outcome.DONE, store.set(page));
      List<Page> colliding = List.of(SamplePages.blank(ARENA, "x.mamba", 7));
      assertEquals("[FAILED(refused)]", store.batchGet(colliding).toString());
      assertFalse(store.exists(new PageKey("x")));
    }
  }

  private HiCacheStorage open(String checksum) {
    return HiCacheStorages.open("file", config(checksum));
  }

  private StorageConfig config(String checksum) {
    return new Store(directory)
        .config()
        .withOption("naming", "sglang")
        .withOption("checksum", checksum);
  }

  private Path file() {
    return directory.resolve(HASH + "_m_0_1.bin");
  }

  private List<String> names() throws IOException {
    return List.copyOf(SglangVectors.digests(directory).keySet());
  }

  private UserDefinedFileAttributeView attributes() {
    return Files.getFileAttributeView(file(), UserDefinedFileAttributeView.class);
  }

  private String attribute() throws IOException {
    ByteBuffer value = ByteBuffer.allocate(attributes().size("hicache.crc32c"));
    attributes().read("hicache.crc32c", value);
    return new String(value.array(), StandardCharsets.US_ASCII);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Page page(long seed) {
    return SamplePages.filled(ARENA, HASH, BYTES, seed);
  }

  private static Page blank(long bytes) {
    return SamplePages.blank(ARENA, HASH, bytes);
  }

  private static byte[] bytes(Page page) {
    return ((HostPart) page.parts().getFirst()).segment().toArray(ValueLayout.JAVA_BYTE);
  }
}
