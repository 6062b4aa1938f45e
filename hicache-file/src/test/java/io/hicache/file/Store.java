package io.hicache.file;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.StorageConfig;
import io.hicache.spi.Environment;
import io.hicache.spi.NamespaceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A store in a directory: how tests open it, and what they find in it behind its back. */
record Store(Path directory) {
  /** How this run of the tests reaches files: the build runs those of faults in each way. */
  static final String NATIVE_IO = System.getProperty("hicache.test.native-io", "auto");

  StorageConfig config() {
    return StorageConfig.of("m", "bfloat16", 64)
        .with(Environment.class, Environment.EMPTY)
        .withOption("dir", directory.toString())
        .withOption("native-io", NATIVE_IO);
  }

  HiCacheStorage open() {
    return HiCacheStorages.open("file", config());
  }

  HiCacheStorage open(String option, String value) {
    return HiCacheStorages.open("file", config().withOption(option, value));
  }

  Path namespace() {
    return directory.resolve(NamespaceRecord.of(config(), Optional.empty()).id());
  }

  /** Returns every file below the namespace's shard directories. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path shard : list(namespace())) {
      if (Files.isDirectory(shard)) {
        list(shard).stream().filter(Files::isRegularFile).forEach(files::add);
      }
    }
    files.sort(null);
    return files;
  }

  /** Not a walk of the tree, which ends where somebody removes a file meanwhile. */
  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  /** Returns the only file there is. */
  Path onlyFile() throws IOException {
    List<Path> files = files();
    if (files.size() != 1) {
      throw new AssertionError("one file expected: " + files);
    }
    return files.get(0);
  }
}
