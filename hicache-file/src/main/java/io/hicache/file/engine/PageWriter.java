package io.hicache.file.engine;

import io.hicache.Outcome;
import io.hicache.Page;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
  private final PageAccess access;
  private final Restorer restorer;
  private final Room room;
  private final boolean checksums;

  /**
   * Makes a writer.
   *
   * @param tree the files
   * @param access how they are reached
   * @param restorer asked when a file's directory is not there
   * @param room where it may take room
   * @param checksums whether to compute and record the content's checksum
   */
  PageWriter(PageTree tree, PageAccess access, Restorer restorer, Room room, boolean checksums) {
    this.tree = tree;
    this.access = access;
    this.restorer = restorer;
    this.room = room;
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
    long bytes = source.bytes() + name.footerBytes();
    long there = overwrite && !room.counts() ? -1 : access.size(name, workspace);
    if (!overwrite && there == bytes) {
      room.used(name);
      return Outcome.KEPT;
    }
    room.reserve(bytes);
    boolean written = false;
    try {
      writeOrEvict(source, name, workspace);
      written = true;
    } finally {
      if (!written) {
        room.cancel(bytes);
      }
    }
    room.wrote(bytes);
    if (there > 0) {
      room.removed(there);
    }
    return Outcome.DONE;
  }

  /** A disk that is full, whatever was reckoned, gets one more try after an eviction. */
  private void writeOrEvict(Page source, PageName name, Workspace workspace) throws IOException {
    try {
      write(source, name, workspace);
    } catch (IOException e) {
      if (!FileFaults.isFull(e) || !room.evict(source.bytes())) {
        throw e;
      }
      write(source, name, workspace);
    }
  }

  private void write(Page source, PageName name, Workspace workspace) throws IOException {
    PageRecord record = workspace.record();
    CRC32C checksum = workspace.checksum();
    checksum.reset();
    try (PageAccess.Output output = create(name, workspace)) {
      record.toWrite(name);
      output.write(
          source.parts(),
          record,
          checksums ? checksum : null,
          () -> seal(record, source, name, checksum));
      if (name.bare() && checksums) {
        output.recordChecksum((int) checksum.getValue());
      }
      output.publish();
    }
  }

  private PageAccess.Output create(PageName name, Workspace workspace) throws IOException {
    try {
      return access.create(name, workspace);
    } catch (NoSuchFileException e) {
      restorer.restore(tree.file(name));
      return access.create(name, workspace);
    }
  }

  private void seal(PageRecord record, Page source, PageName name, CRC32C checksum) {
    if (!name.bare()) {
      record.encode(name, source.bytes(), checksums, (int) checksum.getValue());
    }
  }
}
