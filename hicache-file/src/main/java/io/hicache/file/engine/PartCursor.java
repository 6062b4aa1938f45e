package io.hicache.file.engine;

import io.hicache.HostPart;
import io.hicache.Part;
import io.hicache.ffm.IoVectors;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A place in a page's parts, which moves on as their bytes are laid into rows, copied or summed.
 * Not thread-safe.
 */
final class PartCursor {
  private List<Part> parts = List.of();
  private int part;
  private long offset;
  private int markedPart;
  private long markedOffset;

  /** Goes to the beginning of a page. */
  void begin(List<Part> page) {
    parts = page;
    part = 0;
    offset = 0;
    mark();
  }

  /** Forgets the page. */
  void end() {
    begin(List.of());
  }

  /** Tells whether all bytes lie behind. */
  boolean atEnd() {
    return part == parts.size();
  }

  /** Returns how many bytes lie ahead. */
  long remaining() {
    long bytes = -offset;
    for (int i = part; i < parts.size(); i++) {
      bytes += parts.get(i).bytes();
    }
    return bytes;
  }

  /** Remembers the place for {@link #sum}. */
  void mark() {
    markedPart = part;
    markedOffset = offset;
  }

  /**
   * Lays the bytes from here on into a row, as many as it takes, and moves behind them.
   *
   * @param room how many at most
   */
  void fill(IoVectors vectors, long room) {
    long left = room;
    while (!atEnd() && left > 0) {
      MemorySegment segment = segment(part);
      long length = Math.min(segment.byteSize() - offset, left);
      if (!vectors.add(segment, offset, length)) {
        return;
      }
      left -= length;
      advance(segment, length);
    }
  }

  /** Copies bytes from here on into a buffer, until one of both ends; returns how many. */
  long copyTo(MemorySegment buffer) {
    long done = 0;
    while (!atEnd() && done < buffer.byteSize()) {
      MemorySegment segment = segment(part);
      long length = Math.min(segment.byteSize() - offset, buffer.byteSize() - done);
      MemorySegment.copy(segment, offset, buffer, done, length);
      done += length;
      advance(segment, length);
    }
    return done;
  }

  /** Copies a buffer into the parts from here on, until one of both ends; returns how many. */
  long copyFrom(MemorySegment buffer) {
    long done = 0;
    while (!atEnd() && done < buffer.byteSize()) {
      MemorySegment segment = segment(part);
      long length = Math.min(segment.byteSize() - offset, buffer.byteSize() - done);
      MemorySegment.copy(buffer, done, segment, offset, length);
      done += length;
      advance(segment, length);
    }
    return done;
  }

  /** Gives bytes from the mark on to the checksum. */
  void sum(long bytes, @Nullable CRC32C checksum) {
    if (checksum == null) {
      return;
    }
    long rest = bytes;
    long at = markedOffset;
    for (int i = markedPart; rest > 0; i++) {
      MemorySegment segment = segment(i);
      long length = Math.min(segment.byteSize() - at, rest);
      boolean all = length == segment.byteSize();
      checksum.update((all ? segment : segment.asSlice(at, length)).asByteBuffer());
      rest -= length;
      at = 0;
    }
  }

  private void advance(MemorySegment segment, long length) {
    offset += length;
    if (offset == segment.byteSize()) {
      part++;
      offset = 0;
    }
  }

  private MemorySegment segment(int index) {
    return ((HostPart) parts.get(index)).segment();
  }
}
