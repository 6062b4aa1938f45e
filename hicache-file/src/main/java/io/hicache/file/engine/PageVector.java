package io.hicache.file.engine;

import io.hicache.HostPart;
import io.hicache.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A page's parts and the footer behind them as one row of buffers, moved window by window.
 *
 * <p>A window is what one system call moves: all of the page where nothing is checked; at most
 * {@value #STEP} bytes of it where a checksum follows the bytes, which finds smaller pages still in
 * a processor's cache; and never more buffers than {@code IOV_MAX}. The footer rides in the last
 * window. Short reads and writes are taken up where they ended.
 *
 * <p>One instance is a worker's row for one page at a time. Not thread-safe.
 */
final class PageVector {
  /**
   * Most payload bytes between two looks of the checksum: 4 MiB, although 256 KiB would find them
   * in a processor's second cache. A write makes page-cache folios no larger than itself, and large
   * ones are read and written so much faster that it outweighs the cache (docs/decisions.md).
   */
  static final int STEP = 4 << 20;

  /** Most buffers in one system call: {@code IOV_MAX} of Linux. */
  static final int MAX_BUFFERS = 1024;

  private static final int KEPT_BUFFERS = MAX_BUFFERS + 1;

  private @Nullable ByteBuffer[] row = new ByteBuffer[8];
  private int parts;

  /** Lays out a page. Views of its memory stay here until {@link #clear}. */
  void lay(List<Part> pageParts, ByteBuffer footer) {
    parts = pageParts.size();
    if (row.length <= parts) {
      row = new ByteBuffer[parts + 1];
    }
    for (int i = 0; i < parts; i++) {
      row[i] = ((HostPart) pageParts.get(i)).segment().asByteBuffer();
    }
    row[parts] = footer;
  }

  /** Forgets the page. */
  void clear() {
    if (row.length > KEPT_BUFFERS) {
      row = new ByteBuffer[8];
    } else {
      Arrays.fill(row, 0, parts + 1, null);
    }
    parts = 0;
  }

  /**
   * Reads until the bytes expected have come or the file ends.
   *
   * @param expected payload and footer, without the one byte more that the footer has room for
   * @param checksum takes every payload byte; null for none
   * @return bytes read; more than expected if the file is longer
   */
  long read(FileChannel channel, long expected, @Nullable CRC32C checksum) throws IOException {
    long total = 0;
    int first = 0;
    int begun = 0;
    while (total < expected) {
      int end = window(first, checksum == null);
      boolean last = isLast(end);
      long moved = channel.read(row, first, (last ? end + 1 : end) - first);
      if (moved <= 0) {
        return total;
      }
      total += moved;
      for (int i = first; i < end; i++) {
        if (checksum != null) {
          take(buffer(i), i == first ? begun : 0, checksum);
        }
        buffer(i).limit(buffer(i).capacity());
      }
      while (first < parts && !buffer(first).hasRemaining()) {
        first++;
      }
      begun = buffer(first).position();
    }
    return total;
  }

  /**
   * Writes the page.
   *
   * @param checksum takes every payload byte; null for none
   * @param seal fills the footer, once every payload byte was seen
   */
  void write(FileChannel channel, @Nullable CRC32C checksum, Runnable seal) throws IOException {
    boolean last = false;
    for (int first = 0; !last; ) {
      int end = window(first, checksum == null);
      for (int i = first; i < end && checksum != null; i++) {
        int position = buffer(i).position();
        checksum.update(buffer(i));
        buffer(i).position(position);
      }
      last = isLast(end);
      if (last) {
        seal.run();
      }
      writeFully(channel, first, last ? end + 1 : end);
      for (int i = first; i < end; i++) {
        buffer(i).limit(buffer(i).capacity());
      }
      first = end > first && buffer(end - 1).hasRemaining() ? end - 1 : end;
    }
  }

  private void writeFully(FileChannel channel, int from, int end) throws IOException {
    int first = from;
    while (first < end) {
      channel.write(row, first, end - first);
      while (first < end && !buffer(first).hasRemaining()) {
        first++;
      }
    }
  }

  /** Limits the parts from {@code first} on to one window; returns the index behind its last. */
  private int window(int first, boolean whole) {
    int room = STEP;
    int end = first;
    while (end < parts && room > 0 && end - first < MAX_BUFFERS - 1) {
      ByteBuffer part = buffer(end++);
      if (!whole) {
        part.limit(part.position() + Math.min(part.remaining(), room));
        room -= part.remaining();
      }
    }
    return end;
  }

  /** Tells whether a window that ends here ends the payload, so that the footer fits behind it. */
  private boolean isLast(int end) {
    return end == parts && (parts == 0 || buffer(end - 1).limit() == buffer(end - 1).capacity());
  }

  private static void take(ByteBuffer part, int from, CRC32C checksum) {
    int to = part.position();
    part.limit(to).position(from);
    checksum.update(part);
  }

  private ByteBuffer buffer(int index) {
    ByteBuffer buffer = row[index];
    if (buffer == null) {
      throw new IllegalStateException("no page is laid out at " + index);
    }
    return buffer;
  }
}
