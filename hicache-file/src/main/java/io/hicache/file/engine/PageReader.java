package io.hicache.file.engine;

import io.hicache.Page;
import io.hicache.file.engine.PageRecord.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Reads a page's file into the caller's memory and judges it by its record. Thread-safe; each call
 * with a workspace of its own.
 */
final class PageReader {
  /** How a file was found to be. */
  enum Finding {
    /** The page, whole. */
    GOOD,
    /** A page in order, but not of the length asked for, or of a newer release. */
    OTHER,
    /** Not what its own record says. */
    DAMAGED
  }

  private static final int CHECK_STEP = 64 << 10;
  private static final int MOST_READS = 100;

  private final PageTree tree;
  private final PageAccess access;
  private final boolean checksums;

  /**
   * Makes a reader.
   *
   * @param tree the files
   * @param access how they are reached
   * @param checksums whether content is checked, where its checksum was recorded
   */
  PageReader(PageTree tree, PageAccess access, boolean checksums) {
    this.tree = tree;
    this.access = access;
    this.checksums = checksums;
  }

  /**
   * Reads a page.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there; the target is then unchanged
   * @throws IOException if the file system failed
   */
  Finding read(Page target, PageName name, Workspace workspace) throws IOException {
    Finding found = readOnce(target, name, workspace);
    return found == Finding.DAMAGED && name.bare() ? readSettled(target, name, workspace) : found;
  }

  private Finding readOnce(Page target, PageName name, Workspace workspace) throws IOException {
    try (PageAccess.Input input = access.open(name, workspace)) {
      return read(input, target, name, workspace);
    }
  }

  /**
   * Reads a page again until content and attribute were surely one file's: they are read one after
   * the other, and a writer may have put another file there in between.
   */
  private Finding readSettled(Page target, PageName name, Workspace workspace) throws IOException {
    try {
      for (int i = 0; i < MOST_READS; i++) {
        List<Object> before = identity(name);
        Finding found = readOnce(target, name, workspace);
        if (found != Finding.DAMAGED || before.equals(identity(name))) {
          return found;
        }
      }
    } catch (NoSuchFileException e) {
      // It is gone, but the target has been written to: nothing there is to be set aside.
    }
    return Finding.OTHER;
  }

  /** Tells one file from another that comes in its place; an inode's number may come again. */
  private List<Object> identity(PageName name) throws IOException {
    Path file = tree.file(name);
    BasicFileAttributes found = tree.attributes(file);
    return found == null
        ? List.of()
        : List.of(
            String.valueOf(found.fileKey()),
            found.lastModifiedTime(),
            ChecksumAttribute.read(file));
  }

  /** Reads a page out of its file, from the beginning. */
  Finding read(PageAccess.Input input, Page target, PageName name, Workspace workspace)
      throws IOException {
    long payload = target.bytes();
    long expected = payload + name.footerBytes();
    PageRecord record = workspace.record();
    CRC32C checksum = workspace.checksum();
    checksum.reset();
    record.toRead(name);
    long read = input.read(target.parts(), record, expected, checksums ? checksum : null);
    if (read != expected) {
      return otherLength(name, record);
    }
    if (name.bare()) {
      return !checksums || attributeMatches(tree.file(name), checksum)
          ? Finding.GOOD
          : Finding.DAMAGED;
    }
    return switch (record.judge(name, payload)) {
      case NEWER -> Finding.OTHER;
      case DAMAGED -> Finding.DAMAGED;
      case VALID ->
          !checksums || record.matches(name, (int) checksum.getValue())
              ? Finding.GOOD
              : Finding.DAMAGED;
    };
  }

  /**
   * Tells whether a file is in order by itself, whatever length was asked for: record, key, and the
   * checksum if there is one.
   *
   * @param file where it lies now
   * @param name whose page it was found as
   */
  static boolean inOrder(Path file, PageName name, PageTree tree) throws IOException {
    PageRecord record = new PageRecord();
    try (FileChannel channel = tree.open(file)) {
      if (name.bare()) {
        return attributeMatches(file, checksum(channel, channel.size()));
      }
      long payload = channel.size() - name.footerBytes();
      Verdict verdict = judgeEnd(channel, payload, name, record);
      return verdict == Verdict.NEWER
          || (verdict == Verdict.VALID
              && record.matches(name, (int) checksum(channel, payload).getValue()));
    }
  }

  private Finding otherLength(PageName name, PageRecord record) throws IOException {
    if (name.bare()) {
      // It holds no record to fail; another program may mean another length.
      return Finding.OTHER;
    }
    try (FileChannel channel = tree.open(tree.file(name))) {
      long payload = channel.size() - name.footerBytes();
      return judgeEnd(channel, payload, name, record) == Verdict.DAMAGED
          ? Finding.DAMAGED
          : Finding.OTHER;
    } catch (NoSuchFileException e) {
      // It is gone, but the target has been written to: nothing there is to be set aside.
      return Finding.OTHER;
    }
  }

  private static boolean attributeMatches(Path file, CRC32C content) {
    OptionalInt recorded = ChecksumAttribute.read(file);
    return recorded.isEmpty() || recorded.getAsInt() == (int) content.getValue();
  }

  private static Verdict judgeEnd(
      FileChannel channel, long payload, PageName name, PageRecord record) throws IOException {
    if (payload < 1) {
      return Verdict.DAMAGED;
    }
    ByteBuffer footer = record.toWrite(name);
    while (footer.hasRemaining()) {
      if (channel.read(footer, payload + footer.position()) < 0) {
        return Verdict.DAMAGED;
      }
    }
    return record.judge(name, payload);
  }

  private static CRC32C checksum(FileChannel channel, long payload) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer step = ByteBuffer.allocateDirect(CHECK_STEP);
    for (long at = 0; at < payload; ) {
      step.clear().limit((int) Math.min(CHECK_STEP, payload - at));
      int moved = channel.read(step, at);
      if (moved < 0) {
        return checksum;
      }
      checksum.update(step.flip());
      at += moved;
    }
    return checksum;
  }
}
