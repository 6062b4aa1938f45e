package io.hicache.file;

import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.spi.CommonOptions;
import io.hicache.spi.Environment;
import io.hicache.spi.Option;
import io.hicache.spi.Options;
import io.hicache.spi.Quoted;
import io.hicache.spi.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options of backend {@code file}.
 *
 * @param dir where the store is
 * @param dirGiven whether somebody named it, so that a missing parent is a mistake rather than a
 *     user's first run
 * @param naming what page files are called
 * @param storedLayout the order of a stored page's bytes, if it is not the configuration's
 * @param checksum how content is checked
 * @param ioThreads most threads on one batch, its caller's included
 * @param nativeIo whether by the C library's calls
 * @param directIo whether pages move past the page cache
 * @param maxSize most bytes of the store's page files
 * @param minFreeSpace least bytes that stay free, if not the default share
 * @param namespace the pinned id, if any
 * @param closeTimeout how long closing waits for calls in flight
 */
public record FileConfig(
    Path dir,
    boolean dirGiven,
    Naming naming,
    Optional<PageLayout> storedLayout,
    Checksum checksum,
    int ioThreads,
    NativeIo nativeIo,
    DirectIo directIo,
    OptionalLong maxSize,
    OptionalLong minFreeSpace,
    Optional<String> namespace,
    Duration closeTimeout) {

  /** What page files are called, and what is in them. */
  public enum Naming {
    /** The library's own: every identity in a directory of its own, every page with its record. */
    OWN,
    /** That of SGLang's file backend, byte for byte, to share a directory with its servers. */
    SGLANG
  }

  /** SGLang's default directory (0.5.23, {@code HiCacheFile}). */
  static final Path SGLANG_DIR = Path.of("/tmp/hicache");

  /** How a page's content is checked. */
  public enum Checksum {
    /** Its CRC32C is recorded by a write and compared by a read. */
    CRC32C,
    /** It is not: a read compares length and record alone. */
    OFF
  }

  /** Whether page files are reached by the C library's calls rather than Java's channels. */
  public enum NativeIo {
    /** Where they may be made: Linux on x86-64 or arm64, with native access granted. */
    AUTO,
    /** Always; opening is refused where they may not be made. */
    ON,
    /** Never. */
    OFF
  }

  /** Whether pages move past the page cache. */
  public enum DirectIo {
    /** Where native access is granted and the file system takes it. */
    AUTO,
    /** Always; opening is refused where that cannot be. */
    ON,
    /** Never. */
    OFF
  }

  /** Where the store is. */
  public static final Option<Path> DIR =
      Option.path("dir")
          .withPurpose(
              "directory of the store; default hicache under XDG_CACHE_HOME or ~/.cache, or /tmp/hicache")
          .withAlias("storage_dir")
          .withVariable("SGLANG_HICACHE_FILE_BACKEND_STORAGE_DIR");

  /** What page files are called. */
  public static final Option<Naming> NAMING =
      Option.choice("naming", Naming.class)
          .withDefault("own")
          .withPurpose("names and form of page files; sglang: as SGLang's file backend");

  /** How content is checked. */
  public static final Option<Checksum> CHECKSUM =
      Option.choice("checksum", Checksum.class)
          .withDefault("crc32c")
          .withPurpose("checksum of a page's content, computed by writes and compared by reads");

  /** How many threads move one batch. */
  public static final Option<Integer> IO_THREADS =
      Option.number("io-threads", 1, 64)
          .withDefault("4")
          .withPurpose("most threads on one batch, its caller's included");

  /** Whether page files are reached by the C library's calls. */
  public static final Option<NativeIo> NATIVE_IO =
      Option.choice("native-io", NativeIo.class)
          .withDefault("auto")
          .withPurpose(
              "the C library's calls instead of Java's channels; auto: where native access is granted");

  /** Whether pages move past the page cache. */
  public static final Option<DirectIo> DIRECT_IO =
      Option.choice("direct-io", DirectIo.class)
          .withDefault("off")
          .withPurpose(
              "pages past the page cache (O_DIRECT); auto: where the file system takes it");

  /** How much the store may hold. */
  public static final Option<Long> MAX_SIZE =
      Option.size("max-size", 1, Long.MAX_VALUE)
          .withPurpose(
              "most bytes of the store's page files, over all namespaces; the least recently used are evicted")
          .withAlias("max_size")
          .withVariable("SGLANG_HICACHE_FILE_BACKEND_MAX_SIZE");

  /** How much of the disk it leaves. */
  public static final Option<Long> MIN_FREE_SPACE =
      Option.size("min-free-space", 0, Long.MAX_VALUE)
          .withPurpose(
              "bytes that stay free on the file system; default 5 % of it, at most 10GiB; 0 to not look")
          .withAlias("min_free_space");

  /** Every option, common ones included. */
  public static final List<Option<?>> OPTIONS =
      List.of(
          DIR,
          NAMING,
          CHECKSUM,
          IO_THREADS,
          NATIVE_IO,
          DIRECT_IO,
          MAX_SIZE,
          MIN_FREE_SPACE,
          CommonOptions.NAMESPACE,
          CommonOptions.STORED_LAYOUT,
          CommonOptions.CLOSE_TIMEOUT);

  /**
   * Checks that the options go together.
   *
   * @throws IllegalArgumentException if a namespace is pinned, or the room bounded, where the
   *     naming has none
   */
  public FileConfig {
    if (naming == Naming.SGLANG && (maxSize.isPresent() || minFreeSpace.isPresent())) {
      throw new IllegalArgumentException(
          "option %s of backend file is set: must not be with naming=sglang, whose servers count for themselves"
              .formatted(maxSize.isPresent() ? "max-size" : "min-free-space"));
    }
    if (naming == Naming.SGLANG && namespace.isPresent()) {
      throw new IllegalArgumentException(
          "option namespace of backend file is %s: must not be set with naming=sglang, which has no namespaces"
              .formatted(Quoted.of(namespace.get())));
    }
  }

  /**
   * Reads the options.
   *
   * @param config where they are
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  public static FileConfig from(StorageConfig config) {
    Options options = Options.read(FileStorageProvider.NAME, config, OPTIONS);
    Optional<Path> dir = options.find(DIR);
    Naming naming = options.get(NAMING);
    return new FileConfig(
        dir.orElseGet(
            () -> naming == Naming.SGLANG ? SGLANG_DIR : cacheDirectory(Environment.of(config))),
        dir.isPresent(),
        naming,
        options.find(CommonOptions.STORED_LAYOUT),
        options.get(CHECKSUM),
        options.get(IO_THREADS),
        options.get(NATIVE_IO),
        options.get(DIRECT_IO),
        bytes(options.find(MAX_SIZE)),
        bytes(options.find(MIN_FREE_SPACE)),
        options.find(CommonOptions.NAMESPACE),
        options.get(CommonOptions.CLOSE_TIMEOUT));
  }

  private static OptionalLong bytes(Optional<Long> option) {
    return option.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /**
   * The XDG Base Directory Specification's place for a user's cache; it says that a relative path
   * in the variable is to be ignored.
   */
  private static Path cacheDirectory(Environment environment) {
    return Optional.ofNullable(environment.variables().get("XDG_CACHE_HOME"))
        .filter(home -> home.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> Units.path("~/.cache"))
        .resolve("hicache");
  }
}
