package io.hicache.file.engine;

import io.hicache.HostPart;
import io.hicache.Part;
import io.hicache.ffm.CallMemory;
import io.hicache.ffm.IoVectors;
import io.hicache.ffm.NativeFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A page's parts and the footer behind them, moved window by window through a descriptor, in the
 * windows of {@link PageVector}. A window ends, too, where the parts' memory begins to live another
 * lifetime.
 *
 * <p>One instance is a worker's, for one page at a time. Not thread-safe.
 */
final class DescriptorVector {
  private final CallMemory memory;
  private List<Part> parts = List.of();
  private int part;
  private long offset;

  DescriptorVector(CallMemory memory) {
    this.memory = memory;
  }

  CallMemory memory() {
    return memory;
  }

  /** Reads as {@link PageAccess.Input#read} says. */
  long read(
      NativeFile file,
      List<Part> target,
      PageRecord record,
      long expected,
      @Nullable CRC32C checksum)
      throws IOException {
    begin(target);
    long total = 0;
    boolean last = false;
    while (!last) {
      int first = part;
      long from = offset;
      long payload = fill(checksum == null);
      last = atEnd() && memory.vectors().addOwned(record.memory(), record.footer().limit());
      long wanted = last ? expected - total : payload;
      long moved = file.read(total, wanted, memory);
      take(first, from, Math.min(moved, payload), checksum);
      total += moved;
      last |= moved < wanted;
    }
    parts = List.of();
    return total;
  }

  /** Writes as {@link PageAccess.Output#write} says. */
  void write(
      NativeFile file,
      List<Part> source,
      PageRecord record,
      @Nullable CRC32C checksum,
      Runnable seal)
      throws IOException {
    begin(source);
    long total = 0;
    boolean last = false;
    while (!last) {
      int first = part;
      long from = offset;
      long payload = fill(checksum == null);
      take(first, from, payload, checksum);
      if (atEnd()) {
        seal.run();
        last = addFooter(record);
      }
      file.write(total, memory);
      total += payload;
    }
    parts = List.of();
  }

  private boolean addFooter(PageRecord record) {
    int length = record.footer().limit();
    return length == 0 || memory.vectors().addOwned(record.memory(), length);
  }

  private void begin(List<Part> page) {
    parts = page;
    part = 0;
    offset = 0;
  }

  private boolean atEnd() {
    return part == parts.size();
  }

  /** Fills a window from the cursor on and moves the cursor behind it; returns its bytes. */
  private long fill(boolean whole) {
    IoVectors vectors = memory.vectors();
    vectors.clear();
    long room = whole ? Long.MAX_VALUE : PageVector.STEP;
    while (!atEnd() && room > 0) {
      MemorySegment segment = segment(part);
      long length = Math.min(segment.byteSize() - offset, room);
      if (!vectors.add(segment, offset, length)) {
        break;
      }
      room -= length;
      offset += length;
      if (offset == segment.byteSize()) {
        part++;
        offset = 0;
      }
    }
    return vectors.bytes();
  }

  /** Gives bytes of the parts from a place on to the checksum. */
  private void take(int first, long from, long bytes, @Nullable CRC32C checksum) {
    if (checksum == null) {
      return;
    }
    long rest = bytes;
    long at = from;
    for (int i = first; rest > 0; i++) {
      MemorySegment segment = segment(i);
      long length = Math.min(segment.byteSize() - at, rest);
      boolean all = length == segment.byteSize();
      checksum.update((all ? segment : segment.asSlice(at, length)).asByteBuffer());
      rest -= length;
      at = 0;
    }
  }

  private MemorySegment segment(int index) {
    return ((HostPart) parts.get(index)).segment();
  }
}
