package io.hicache.bench.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where written pages go: each file is emptied, so that stored data stay bounded and are never
 * written to the disk, and moved here, under a number.
 *
 * <p>They are not deleted while anything is measured, because ext4 without a journal looks at every
 * inode that was deleted in the last minutes before it makes a new one nearby: after a few thousand
 * deletes, each new file costs most of a millisecond. Source: Linux, {@code fs/ext4/ialloc.c},
 * {@code recently_deleted}.
 */
public final class Attic {
  private final Path directory;
  private long taken;

  /** Makes the directory. */
  public Attic(Path directory) throws IOException {
    this.directory = Files.createDirectory(directory);
  }

  /** Takes one file. */
  public void take(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    Files.move(file, directory.resolve(Long.toString(taken++)));
  }

  /** Takes every file under a directory that is at least so long, and leaves what is shorter. */
  public void takeAll(Path tree, long leastBytes) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.size() >= leastBytes) {
              take(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
