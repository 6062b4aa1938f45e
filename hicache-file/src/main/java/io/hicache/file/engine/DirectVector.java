package io.hicache.file.engine;

import io.hicache.HostPart;
import io.hicache.Part;
import io.hicache.ffm.CallMemory;
import io.hicache.ffm.IoVectors;
import io.hicache.ffm.NativeFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A page's parts and the footer behind them, moved past the page cache. The kernel takes addresses,
 * lengths and positions only in whole blocks of the file system: parts that are so go straight; of
 * any other page every byte goes through one aligned buffer. What is no whole block, the footer at
 * least, is written through the page cache, since a direct write could not end there; a direct read
 * may.
 *
 * <p>One instance is a worker's, for one page at a time; its buffer is {@value #BUFFER_BYTES} bytes
 * and a block. Not thread-safe.
 */
final class DirectVector {
  private static final int BUFFER_BYTES = 1 << 20;

  private final CallMemory memory;
  private final int block;
  private final PartCursor cursor = new PartCursor();
  private final MemorySegment buffer;
  private final MemorySegment tail;

  /**
   * Makes one.
   *
   * @param memory the worker's
   * @param block the file system's block in bytes, a power of two
   */
  DirectVector(CallMemory memory, int block) {
    this.memory = memory;
    this.block = block;
    long bytes = Math.ceilDiv(BUFFER_BYTES, block) * (long) block;
    MemorySegment all = Arena.ofAuto().allocate(bytes + block, block);
    this.buffer = all.asSlice(0, bytes);
    this.tail = all.asSlice(bytes, block);
  }

  /** Reads as {@link PageAccess.Input#read} says. */
  long read(
      NativeFile file,
      List<Part> target,
      PageRecord record,
      long expected,
      @Nullable CRC32C checksum)
      throws IOException {
    try {
      cursor.begin(target);
      return aligned(target)
          ? readStraight(file, record, expected, checksum)
          : readThrough(file, record, expected, checksum);
    } finally {
      forget();
    }
  }

  /** Writes as {@link PageAccess.Output#write} says. */
  void write(
      NativeFile file,
      List<Part> source,
      PageRecord record,
      @Nullable CRC32C checksum,
      Runnable seal)
      throws IOException {
    try {
      cursor.begin(source);
      long blocks = aligned(source) ? writeStraight(file, checksum) : writeThrough(file, checksum);
      writeRest(file, blocks, record, checksum, seal);
    } finally {
      forget();
    }
  }

  /** Keeps nothing of the caller's memory, however the page ended. */
  private void forget() {
    cursor.end();
    memory.vectors().clear();
  }

  /** Writes what is no whole block through the page cache. */
  private void writeRest(
      NativeFile file, long position, PageRecord record, @Nullable CRC32C checksum, Runnable seal)
      throws IOException {
    long rest = cursor.copyTo(tail);
    if (rest > 0) {
      checksum(tail.asSlice(0, rest), checksum);
    }
    seal.run();
    memory.vectors().clear();
    if (rest > 0) {
      memory.vectors().addOwned(tail, rest);
    }
    if (record.footer().limit() > 0) {
      memory.vectors().addOwned(record.memory(), record.footer().limit());
    }
    file.leaveDirect(memory);
    file.write(position, memory);
  }

  private long readStraight(
      NativeFile file, PageRecord record, long expected, @Nullable CRC32C checksum)
      throws IOException {
    long total = 0;
    boolean last = false;
    while (!last) {
      long payload = fill();
      last = cursor.atEnd() && memory.vectors().addOwned(tail, block);
      long wanted = last ? expected - total : payload;
      long moved = file.read(total, wanted, memory);
      cursor.sum(Math.min(moved, payload), checksum);
      total += moved;
      if (last && moved > payload) {
        takeFooter(tail.asSlice(0, moved - payload), 0, record);
      }
      last |= moved < wanted;
    }
    return total;
  }

  private long readThrough(
      NativeFile file, PageRecord record, long expected, @Nullable CRC32C checksum)
      throws IOException {
    long total = 0;
    long footer = 0;
    while (total < expected) {
      memory.vectors().clear();
      memory.vectors().addOwned(buffer, buffer.byteSize());
      long wanted = Math.min(expected - total, buffer.byteSize());
      long moved = file.read(total, wanted, memory);
      MemorySegment read = buffer.asSlice(0, moved);
      long payload = cursor.copyFrom(read);
      checksum(read.asSlice(0, payload), checksum);
      footer += takeFooter(read.asSlice(payload), footer, record);
      total += moved;
      if (moved < wanted) {
        break;
      }
    }
    return total;
  }

  private long writeStraight(NativeFile file, @Nullable CRC32C checksum) throws IOException {
    long total = 0;
    while (!cursor.atEnd()) {
      long payload = fill();
      cursor.sum(payload, checksum);
      file.write(total, memory);
      total += payload;
    }
    return total;
  }

  /** Writes whole blocks; leaves less than one to the cursor. */
  private long writeThrough(NativeFile file, @Nullable CRC32C checksum) throws IOException {
    long rest = cursor.remaining() / block * block;
    long total = 0;
    while (rest > 0) {
      MemorySegment step = buffer.asSlice(0, Math.min(rest, buffer.byteSize()));
      cursor.copyTo(step);
      checksum(step, checksum);
      memory.vectors().clear();
      memory.vectors().addOwned(step, step.byteSize());
      file.write(total, memory);
      total += step.byteSize();
      rest -= step.byteSize();
    }
    return total;
  }

  private long fill() {
    IoVectors vectors = memory.vectors();
    vectors.clear();
    cursor.mark();
    cursor.fill(vectors, PageVector.STEP);
    return vectors.bytes();
  }

  private boolean aligned(List<Part> parts) {
    long mask = block - 1L;
    for (Part part : parts) {
      MemorySegment segment = ((HostPart) part).segment();
      if (((segment.address() | segment.byteSize()) & mask) != 0) {
        return false;
      }
    }
    return PageVector.STEP % block == 0;
  }

  /** Copies what was read behind the payload to where the record looks for it. */
  private static long takeFooter(MemorySegment read, long at, PageRecord record) {
    long length = Math.min(read.byteSize(), record.footer().limit() - at);
    if (length > 0) {
      MemorySegment.copy(read, 0, record.memory(), at, length);
    }
    return Math.max(length, 0);
  }

  private static void checksum(MemorySegment bytes, @Nullable CRC32C checksum) {
    if (checksum != null && bytes.byteSize() > 0) {
      checksum.update(bytes.asByteBuffer());
    }
  }
}
