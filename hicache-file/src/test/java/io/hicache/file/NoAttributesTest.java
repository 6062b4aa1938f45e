package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.StorageConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code naming=sglang} on a file system that has no extended attributes, so that checksums have no
 * place. Linux's ramfs is one; only root can mount it: runs with hicache.test.root.
 */
@Tag("root")
class NoAttributesTest {
  private static final Arena ARENA = Arena.ofAuto();
  private static final String HASH = SglangVectors.keys(1).getFirst().value();
  private static final int BYTES = 5000;

  @TempDir Path directory;

  @BeforeEach
  void mount() throws Exception {
    SystemCommand.run("mount", "-t", "ramfs", "-o", "mode=700", "ramfs", directory.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    SystemCommand.run("umount", directory.toString());
  }

  @Test
  void attributes_onThisFileSystem_areRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    ByteBuffer value = ByteBuffer.wrap(new byte[] {1});

    assertThrows(FileSystemException.class, () -> view.write("hicache.crc32c", value));
  }

  @Test
  void open_whereChecksumsHaveNoPlace_saysSoAndLeavesNothing() throws IOException {
    try (HiCacheStorage store = open()) {
      assertFalse(store.capabilities().has(Feature.CHECKSUMS));
      assertTrue(store.capabilities().has(Feature.TELLS_LENGTH));
    }
    assertEquals(List.of(), names());
  }

  @Test
  void setAndGet_withoutAttributes_knowPagesByTheirLength() throws IOException {
    try (HiCacheStorage store = open()) {
      Page page = SamplePages.filled(ARENA, HASH, BYTES, 1);
      assertEquals(Outcome.DONE, store.set(page));
      assertEquals(Outcome.KEPT, store.set(page));
      Page target = SamplePages.blank(ARENA, HASH, BYTES);
      assertEquals(Outcome.DONE, store.get(target));
      SamplePages.assertHolds(1, target);
      assertEquals(Outcome.MISMATCH, store.get(SamplePages.blank(ARENA, HASH, BYTES - 1)));
      assertEquals(Outcome.MISMATCH, store.get(SamplePages.blank(ARENA, HASH, BYTES + 1)));
    }
    assertEquals(List.of(HASH + "_m_0_1.bin"), names());
  }

  @Test
  void get_ofAnAlteredPage_isReadAsItIsAndStays() throws IOException {
    try (HiCacheStorage store = open()) {
      store.set(SamplePages.filled(ARENA, HASH, BYTES, 1));
      Path file = directory.resolve(HASH + "_m_0_1.bin");
      byte[] bytes = Files.readAllBytes(file);
      bytes[17] ^= 4;
      Files.write(file, bytes);

      Page target = SamplePages.blank(ARENA, HASH, BYTES);
      assertEquals(Outcome.DONE, store.get(target));
      assertArrayEquals(
          bytes, ((HostPart) target.parts().getFirst()).segment().toArray(ValueLayout.JAVA_BYTE));
      assertTrue(Files.exists(file));
    }
  }

  private HiCacheStorage open() {
    StorageConfig config = new Store(directory).config().withOption("naming", "sglang");
    return HiCacheStorages.open("file", config.withOption("checksum", "crc32c"));
  }

  private List<String> names() throws IOException {
    return List.copyOf(SglangVectors.digests(directory).keySet());
  }
}
