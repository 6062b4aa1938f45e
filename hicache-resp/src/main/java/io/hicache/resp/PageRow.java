package io.hicache.resp;

import io.hicache.HostPart;
import io.hicache.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A page's parts as one row of buffers, with what stands before and behind them on the wire, moved
 * window by window.
 *
 * <p>A window is what one system call moves: all of the page where nothing is checked; at most
 * {@value #STEP} bytes of it where a checksum follows the bytes, so that it finds them in the
 * processor's cache; and never more buffers than {@code IOV_MAX}.
 *
 * <p>One instance is a connection's row for one page at a time. Not thread-safe.
 */
final class PageRow {
  /** Most payload bytes between two looks of the checksum: 256 KiB. */
  static final int STEP = 256 << 10;

  /** Most buffers in one system call: {@code IOV_MAX} of Linux. */
  static final int MAX_BUFFERS = 1024;

  private static final int KEPT_BUFFERS = MAX_BUFFERS + 2;

  /** The head, then the parts, then the tail. */
  private @Nullable ByteBuffer[] row = new ByteBuffer[8];

  private int tail = 1;

  /** Lays out a page. Views of its memory stay here until {@link #clear}. */
  void lay(List<Part> parts) {
    tail = parts.size() + 1;
    if (row.length <= tail) {
      row = new ByteBuffer[tail + 1];
    }
    for (int i = 1; i < tail; i++) {
      row[i] = ((HostPart) parts.get(i - 1)).segment().asByteBuffer();
    }
  }

  /** Forgets the page. */
  void clear() {
    if (row.length > KEPT_BUFFERS) {
      row = new ByteBuffer[8];
    } else {
      Arrays.fill(row, null);
    }
    tail = 1;
  }

  /**
   * Fills the parts. What comes along from behind them stays in the input.
   *
   * @param checksum takes every byte; null for none
   */
  void read(RespInput in, Wire wire, @Nullable CRC32C checksum) throws IOException {
    for (int first = 1; first < tail; ) {
      int begun = buffer(first).position();
      int end = in.hasBuffered() ? copied(first, in) : received(first, in, wire, checksum == null);
      for (int i = first; i < end; i++) {
        if (checksum != null) {
          take(buffer(i), i == first ? begun : 0, checksum);
        }
        buffer(i).limit(buffer(i).capacity());
      }
      while (first < tail && !buffer(first).hasRemaining()) {
        first++;
      }
    }
  }

  private int copied(int first, RespInput in) {
    in.copyTo(buffer(first));
    return first + 1;
  }

  private int received(int first, RespInput in, Wire wire, boolean whole) throws IOException {
    int end = window(first, whole);
    boolean last = isLast(end);
    row[tail] = in.tail();
    try {
      wire.read(row, first, (last ? end + 1 : end) - first);
    } finally {
      in.tailRead();
    }
    return end;
  }

  /**
   * Writes head, parts and tail.
   *
   * @param checksum takes every byte of the parts; null for none
   * @param seal fills the tail, once every byte of the parts was seen
   */
  void write(Wire wire, ByteBuffer head, ByteBuffer end, @Nullable CRC32C checksum, Runnable seal)
      throws IOException {
    row[0] = head;
    row[tail] = end;
    int from = 0;
    boolean last = false;
    for (int first = 1; !last; ) {
      int until = window(first, checksum == null);
      for (int i = first; i < until && checksum != null; i++) {
        int position = buffer(i).position();
        checksum.update(buffer(i));
        buffer(i).position(position);
      }
      last = isLast(until);
      if (last) {
        seal.run();
      }
      writeFully(wire, from, last ? until + 1 : until);
      for (int i = first; i < until; i++) {
        buffer(i).limit(buffer(i).capacity());
      }
      first = until > first && buffer(until - 1).hasRemaining() ? until - 1 : until;
      from = first;
    }
  }

  /**
   * Writes the parts into a buffer that goes out with what comes before and behind them.
   *
   * @param checksum takes every byte; null for none
   */
  void copy(RespOutput out, @Nullable CRC32C checksum) throws IOException {
    for (int i = 1; i < tail; i++) {
      if (checksum != null) {
        checksum.update(buffer(i).duplicate());
      }
      out.bytes(buffer(i));
    }
  }

  private void writeFully(Wire wire, int from, int end) throws IOException {
    int first = from;
    while (first < end) {
      wire.write(row, first, end - first);
      while (first < end && !buffer(first).hasRemaining()) {
        first++;
      }
    }
  }

  /** Limits the parts from {@code first} on to one window; returns the index behind its last. */
  private int window(int first, boolean whole) {
    int room = STEP;
    int end = first;
    while (end < tail && room > 0 && end - first < MAX_BUFFERS - 2) {
      ByteBuffer part = buffer(end++);
      if (!whole) {
        part.limit(part.position() + Math.min(part.remaining(), room));
        room -= part.remaining();
      }
    }
    return end;
  }

  /** Tells whether a window that ends here ends the page, so that the tail fits behind it. */
  private boolean isLast(int end) {
    return end == tail && (tail == 1 || buffer(end - 1).limit() == buffer(end - 1).capacity());
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
