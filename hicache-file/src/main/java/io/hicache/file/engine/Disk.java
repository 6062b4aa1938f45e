package io.hicache.file.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What can be learnt of a directory's file system. Java finds it in the table of mounts, which in a
 * chroot or a sandbox may not have it; its space is then asked for by path, and the rest unknown.
 *
 * @param name what to call it
 * @param type its type, {@value #UNKNOWN} if that cannot be learnt
 * @param readOnly whether it is known to be mounted read-only
 * @param usableBytes what this process may still write
 * @param totalBytes how large it is
 * @param blockBytes its block, which direct I/O goes by
 */
public record Disk(
    String name,
    String type,
    boolean readOnly,
    long usableBytes,
    long totalBytes,
    long blockBytes) {
  /** Type of a file system that is in no table of mounts. */
  public static final String UNKNOWN = "unknown";

  private static final long USUAL_BLOCK = 4096;

  /**
   * Looks at a directory's file system.
   *
   * @throws IOException if there is no such directory
   */
  public static Disk of(Path directory) throws IOException {
    try {
      FileStore store = Files.getFileStore(directory);
      return new Disk(
          store.toString(),
          store.type(),
          store.isReadOnly(),
          store.getUsableSpace(),
          store.getTotalSpace(),
          store.getBlockSize());
    } catch (IOException e) {
      File file = directory.toFile();
      if (file.getTotalSpace() == 0) {
        throw Files.exists(directory) ? e : new NoSuchFileException(directory.toString());
      }
      return byPath(file);
    }
  }

  /** As {@link #of} where the table of mounts does not help. */
  static Disk byPath(File file) {
    return new Disk(
        "of " + file, UNKNOWN, false, file.getUsableSpace(), file.getTotalSpace(), USUAL_BLOCK);
  }
}
