package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory that holds a store's namespaces.
 *
 * @param path where it is; absolute
 */
public record StoreDirectory(Path path) {

  /**
   * Checks that a directory can hold a store, and makes it where it is missing.
   *
   * @param path where
   * @param makeParents whether directories above it are made too; a directory that a user named
   *     must have its parent, since a path that was mistyped or is not mounted has not
   * @throws IllegalArgumentException if the path is not a directory, or has no parent
   * @throws HiCacheException {@link FaultKind#REFUSED} if it may not be made or written
   */
  public static StoreDirectory open(Path path, boolean makeParents) {
    Path directory = path.toAbsolutePath().normalize();
    try {
      make(directory, makeParents);
    } catch (IOException e) {
      throw FileFaults.of("option dir of backend file: making", directory, e);
    }
    if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
      throw new HiCacheException(
          FaultKind.REFUSED,
          "option dir of backend file is %s: must be writable by the process's user; it may belong to another, or its file system be read-only"
              .formatted(directory));
    }
    return new StoreDirectory(directory);
  }

  private static void make(Path directory, boolean makeParents) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (Files.exists(directory)) {
      throw refused(directory, "must be a directory, but is a file");
    }
    Path parent = directory.getParent();
    if (parent != null && makeParents) {
      make(parent, true);
    } else if (parent == null || !Files.isDirectory(parent)) {
      throw refused(directory, "its parent must be a directory that exists; make it, or mount it");
    }
    PageTree.createDirectory(directory);
  }

  private static IllegalArgumentException refused(Path directory, String rule) {
    return new IllegalArgumentException(
        "option dir of backend file is %s: %s".formatted(directory, rule));
  }
}
