package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.file.FileConfig.Checksum;
import io.hicache.file.FileConfig.DirectIo;
import io.hicache.file.FileConfig.Naming;
import io.hicache.file.FileConfig.NativeIo;
import io.hicache.spi.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FileConfigTest {
  private static final StorageConfig BARE =
      StorageConfig.of("m", "bfloat16", 64).with(Environment.class, Environment.EMPTY);

  @Test
  void from_nothing_isTheDefaults() {
    Path home = Path.of(System.getProperty("user.home"));

    assertEquals(
        new FileConfig(
            home.resolve(".cache/hicache"),
            false,
            Naming.OWN,
            Optional.empty(),
            Checksum.CRC32C,
            4,
            NativeIo.AUTO,
            DirectIo.OFF,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Duration.ofSeconds(60)),
        FileConfig.from(BARE));
  }

  @Test
  void from_everyOptionSet_takesEach() {
    StorageConfig config =
        BARE.withOption("dir", "/store")
            .withOption("checksum", "off")
            .withOption("io-threads", "7")
            .withOption("native-io", "off")
            .withOption("direct-io", "auto")
            .withOption("max-size", "3GiB")
            .withOption("min-free-space", "0B")
            .withOption("namespace", "mine")
            .withOption("naming", "own")
            .withOption("stored-layout", "page_head")
            .withOption("close-timeout", "3s");

    assertEquals(
        new FileConfig(
            Path.of("/store"),
            true,
            Naming.OWN,
            Optional.of(PageLayout.PAGE_HEAD),
            Checksum.OFF,
            7,
            NativeIo.OFF,
            DirectIo.AUTO,
            OptionalLong.of(3L << 30),
            OptionalLong.of(0),
            Optional.of("mine"),
            Duration.ofSeconds(3)),
        FileConfig.from(config));
  }

  @Test
  void from_xdgCacheHome_isBelowIt() {
    assertEquals(Path.of("/cache/hicache"), FileConfig.from(xdg("/cache")).dir());
  }

  @Test
  void from_relativeXdgCacheHome_isTheDefault() {
    assertEquals(FileConfig.from(BARE).dir(), FileConfig.from(xdg("cache")).dir());
  }

  @Test
  void from_sglangsOwnName_isDir() {
    FileConfig config = FileConfig.from(BARE.withOption("storage_dir", "/store"));

    assertEquals(Path.of("/store"), config.dir());
    assertTrue(config.dirGiven());
  }

  @Test
  void from_sglangsVariable_isDir() {
    Environment environment =
        new Environment(
            Map.of(), Map.of("SGLANG_HICACHE_FILE_BACKEND_STORAGE_DIR", "/from/python"));

    assertEquals(
        Path.of("/from/python"), FileConfig.from(BARE.with(Environment.class, environment)).dir());
  }

  @Test
  void from_propertyAndVariable_areTakenInThatOrder() {
    Map<String, String> variables =
        Map.of("HICACHE_FILE_IO_THREADS", "2", "HICACHE_FILE_CHECKSUM", "off");
    Environment environment = new Environment(Map.of("hicache.file.io-threads", "3"), variables);

    FileConfig config = FileConfig.from(BARE.with(Environment.class, environment));

    assertEquals(3, config.ioThreads());
    assertEquals(Checksum.OFF, config.checksum());
  }

  @Test
  void from_sglangsNaming_isItsDirectory() {
    FileConfig config = FileConfig.from(BARE.withOption("naming", "sglang"));

    assertEquals(Path.of("/tmp/hicache"), config.dir());
    assertFalse(config.dirGiven());
  }

  @Test
  void from_sglangsNamingWithANamespace_isRefused() {
    StorageConfig config = BARE.withOption("naming", "sglang").withOption("namespace", "mine");

    String message =
        assertThrows(IllegalArgumentException.class, () -> FileConfig.from(config)).getMessage();

    assertEquals(
        "option namespace of backend file is \"mine\": must not be set with naming=sglang, which has no namespaces",
        message);
  }

  @Test
  void from_outOfRange_isRefusedByName() {
    assertRefused("io-threads", "0", "must be 1 to 64");
    assertRefused("io-threads", "65", "must be 1 to 64");
    assertRefused("io-threads", "many", "must be a whole number");
    assertRefused("checksum", "md5", "must be one of crc32c | off");
    assertRefused("close-timeout", "5", "must be a time with its unit");
    assertRefused("dir", "", "must not be empty");
    assertRefused("naming", "lmcache", "must be one of own | sglang");
    assertRefused("stored-layout", "page-last", "must be one of");
  }

  @Test
  void from_rangeEnds_areTaken() {
    assertEquals(1, FileConfig.from(BARE.withOption("io-threads", "1")).ioThreads());
    assertEquals(64, FileConfig.from(BARE.withOption("io-threads", "64")).ioThreads());
  }

  @Test
  void from_unknownOption_isRefusedWithTheKnownOnes() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FileConfig.from(BARE.withOption("directory", "/store")));

    assertEquals(
        "option directory: unknown to backend file; it has checksum, close-timeout, dir, direct-io, io-threads, max-size, min-free-space, namespace, naming, native-io, stored-layout",
        e.getMessage());
  }

  private static void assertRefused(String option, String value, String rule) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> FileConfig.from(BARE.withOption(option, value)));

    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("option " + option) && message.contains(rule), message);
    assertTrue(message.contains('"' + value + '"'), message);
  }

  private static StorageConfig xdg(String home) {
    return BARE.with(Environment.class, new Environment(Map.of(), Map.of("XDG_CACHE_HOME", home)));
  }
}
