package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.file.engine.Disk;
import io.hicache.spi.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiagnosisTest {
  @TempDir Path directory;

  @Test
  void diagnose_ofADirectory_isAvailableOnItsFileSystem() throws IOException {
    Diagnosis diagnosis = diagnose(directory);

    assertTrue(diagnosis.available(), diagnosis.toString());
    assertEquals(Disk.of(directory).type(), diagnosis.version());
    assertEquals(List.of(), diagnosis.remedies());
    assertEquals("dir " + directory + ": exists", diagnosis.findings().get(0));
  }

  @Test
  void diagnose_ofADirectoryToBeMade_isAvailableAndMakesNothing() {
    Diagnosis diagnosis = diagnose(directory.resolve("new"));

    assertTrue(diagnosis.available(), diagnosis.toString());
    assertFalse(Files.exists(directory.resolve("new")));
  }

  @Test
  void diagnose_belowAMissingDirectory_saysHowToMakeIt() {
    Diagnosis diagnosis = diagnose(directory.resolve("missing/new"));

    assertFalse(diagnosis.available(), diagnosis.toString());
    assertEquals(List.of("mkdir -p " + directory.resolve("missing")), diagnosis.remedies());
  }

  @Test
  void diagnose_ofAFile_isNotAvailable() throws IOException {
    Diagnosis diagnosis = diagnose(Files.writeString(directory.resolve("file"), ""));

    assertFalse(diagnosis.available(), diagnosis.toString());
    assertEquals(List.of("set option dir to a directory"), diagnosis.remedies());
  }

  @Test
  void diagnose_withABadOption_saysWhich() {
    Diagnosis diagnosis =
        new FileStorageProvider()
            .diagnose(new Store(directory).config().withOption("io-threads", "0"));

    assertFalse(diagnosis.available());
    assertTrue(diagnosis.findings().get(0).contains("io-threads"), diagnosis.toString());
  }

  private static Diagnosis diagnose(Path dir) {
    return new FileStorageProvider().diagnose(new Store(dir).config());
  }
}
