package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  @TempDir Path directory;

  @Test
  void byPath_whereNoMountIsListed_stillHasItsSpace() throws IOException {
    Disk listed = Disk.of(directory);
    Disk unlisted = Disk.byPath(directory.toFile());

    assertEquals(listed.totalBytes(), unlisted.totalBytes());
    assertTrue(unlisted.usableBytes() > 0 && unlisted.blockBytes() > 0, unlisted::toString);
    assertEquals(Disk.UNKNOWN, unlisted.type());
  }

  @Test
  void of_aDirectoryThatIsNotThere_saysSo() {
    assertThrows(NoSuchFileException.class, () -> Disk.of(directory.resolve("missing")));
  }
}
