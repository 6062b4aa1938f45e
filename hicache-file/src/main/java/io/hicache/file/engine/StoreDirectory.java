package io.hicache.file.engine;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

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

  /**
   * As {@link #open}, and checks that the directory is the process's user's own: for a path below a
   * directory that every user may write, where another could have put one in wait.
   *
   * @throws IllegalArgumentException as {@link #open}
   * @throws HiCacheException {@link FaultKind#REFUSED} if it is a symbolic link or another user's,
   *     or may not be made or written
   */
  public static StoreDirectory openOwn(Path path) {
    Path directory = path.toAbsolutePath().normalize();
    try {
      requireOwn(directory);
      StoreDirectory store = open(directory, true);
      requireOwn(directory);
      return store;
    } catch (IOException e) {
      throw FileFaults.of("option dir of backend file: looking at", directory, e);
    }
  }

  /**
   * Checks that a directory, if it is there, is the process's user's own.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} if it is a symbolic link or another user's
   * @throws IOException if the file system failed
   */
  public static void requireOwn(Path directory) throws IOException {
    if (Files.isSymbolicLink(directory)) {
      throw notOwn(directory, "is a symbolic link");
    }
    if (Files.exists(directory)) {
      UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
      if (!owner.equals(user())) {
        throw notOwn(directory, "belongs to user " + owner.getName());
      }
    }
  }

  /** Returns the process's user: whoever its files belong to. */
  private static UserPrincipal user() throws IOException {
    Path probe = Files.createTempFile("hicache", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static HiCacheException notOwn(Path directory, String what) {
    return new HiCacheException(
        FaultKind.REFUSED,
        "directory %s, which is the default of backend file with naming=sglang, %s: must be a directory of the process's own user; name another with option dir"
            .formatted(directory, what));
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
