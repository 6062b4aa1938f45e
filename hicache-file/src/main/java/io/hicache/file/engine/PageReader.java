package io.hicache.file.engine;

import io.hicache.Page;
import io.hicache.file.engine.PageRecord.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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

  private final PageTree tree;
  private final boolean checksums;

  /**
   * Makes a reader.
   *
   * @param tree the files
   * @param checksums whether content is checked, where its checksum was recorded
   */
  PageReader(PageTree tree, boolean checksums) {
    this.tree = tree;
    this.checksums = checksums;
  }

  /**
   * Reads a page.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there; the target is then unchanged
   * @throws IOException if the file system failed
   */
  Finding read(Page target, PageName name, Workspace workspace) throws IOException {
    long payload = target.bytes();
    long expected = payload + name.footerBytes();
    PageRecord record = workspace.record();
    PageVector vector = workspace.vector();
    CRC32C checksum = workspace.checksum();
    try (FileChannel channel = tree.open(tree.file(name))) {
      vector.lay(target.parts(), record.toRead(name));
      checksum.reset();
      if (vector.read(channel, expected, checksums ? checksum : null) != expected) {
        return otherLength(channel, name, record);
      }
    } finally {
      vector.clear();
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
      long payload = channel.size() - name.footerBytes();
      Verdict verdict = judgeEnd(channel, payload, name, record);
      return verdict == Verdict.NEWER
          || (verdict == Verdict.VALID
              && record.matches(name, (int) checksum(channel, payload).getValue()));
    }
  }

  private static Finding otherLength(FileChannel channel, PageName name, PageRecord record)
      throws IOException {
    long payload = channel.size() - name.footerBytes();
    return judgeEnd(channel, payload, name, record) == Verdict.DAMAGED
        ? Finding.DAMAGED
        : Finding.OTHER;
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
