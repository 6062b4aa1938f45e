package io.hicache.file.engine;

import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;

/**
 * Writes a page beside its place and moves it there whole, so that a reader finds all of it or
 * none. Thread-safe; each call with a workspace of its own.
 *
 * <p>A fresh name is also what ext4 writes fastest: a rename over another file makes it flush the
 * data first ({@code auto_da_alloc}).
 */
final class PageWriter {
  /** Makes anew what is missing above a page's file. */
  @FunctionalInterface
  interface Restorer {
    /**
     * Makes it.
     *
     * @param file what is to be created next
     * @throws NoSuchFileException if the store itself is gone
     * @throws IOException if the file system failed
     */
    void restore(Path file) throws IOException;
  }

  private final PageTree tree;
  private final Restorer restorer;
  private final boolean checksums;

  /**
   * Makes a writer.
   *
   * @param tree the files
   * @param restorer asked when a file's directory is not there
   * @param checksums whether to compute and record the content's checksum
   */
  PageWriter(PageTree tree, Restorer restorer, boolean checksums) {
    this.tree = tree;
    this.restorer = restorer;
    this.checksums = checksums;
  }

  /**
   * Writes a page unless one of the same length is there.
   *
   * @param overwrite whether to write in any case
   * @return {@code DONE} or {@code KEPT}
   * @throws IOException if the file system failed; what was there is there still
   */
  Outcome write(Page source, PageName name, boolean overwrite, Workspace workspace)
      throws IOException {
    Path file = tree.file(name);
    if (!overwrite) {
      BasicFileAttributes there = tree.attributes(file);
      if (there != null && there.size() == source.bytes() + name.footerBytes()) {
        return Outcome.KEPT;
      }
    }
    Path temporary = tree.temporary(file);
    FileChannel channel = create(temporary);
    boolean published = false;
    try {
      fill(channel, source, name, workspace);
      if (name.bare() && checksums) {
        ChecksumAttribute.write(temporary, (int) workspace.checksum().getValue());
      }
      tree.publish(temporary, file);
      published = true;
    } finally {
      if (!published) {
        discard(temporary);
      }
    }
    return Outcome.DONE;
  }

  private FileChannel create(Path temporary) throws IOException {
    try {
      return tree.create(temporary);
    } catch (NoSuchFileException e) {
      restorer.restore(temporary);
      return tree.create(temporary);
    }
  }

  private void fill(FileChannel channel, Page source, PageName name, Workspace workspace)
      throws IOException {
    PageRecord record = workspace.record();
    PageVector vector = workspace.vector();
    CRC32C checksum = workspace.checksum();
    try (channel) {
      vector.lay(source.parts(), record.toWrite(name));
      checksum.reset();
      vector.write(
          channel,
          checksums ? checksum : null,
          () -> {
            if (!name.bare()) {
              record.encode(name, source.bytes(), checksums, (int) checksum.getValue());
            }
          });
    } finally {
      vector.clear();
    }
  }

  /** Keeps the fault that led here: a file that cannot be removed now is swept later. */
  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      System.getLogger("io.hicache.file").log(System.Logger.Level.DEBUG, "left behind", e);
    }
  }
}
