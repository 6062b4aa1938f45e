package io.hicache.file.engine;

import io.hicache.Part;
import io.hicache.ffm.CallMemory;
import io.hicache.ffm.NativeFile;
import java.io.IOException;
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
  private final PartCursor cursor = new PartCursor();

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
    try {
      cursor.begin(target);
      return readWindows(file, record, expected, checksum);
    } finally {
      forget();
    }
  }

  private long readWindows(
      NativeFile file, PageRecord record, long expected, @Nullable CRC32C checksum)
      throws IOException {
    long total = 0;
    boolean last = false;
    while (!last) {
      long payload = fill(checksum == null);
      last = cursor.atEnd() && memory.vectors().addOwned(record.memory(), record.footer().limit());
      long wanted = last ? expected - total : payload;
      long moved = file.read(total, wanted, memory);
      cursor.sum(Math.min(moved, payload), checksum);
      total += moved;
      last |= moved < wanted;
    }
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
    try {
      cursor.begin(source);
      writeWindows(file, record, checksum, seal);
    } finally {
      forget();
    }
  }

  private void writeWindows(
      NativeFile file, PageRecord record, @Nullable CRC32C checksum, Runnable seal)
      throws IOException {
    long total = 0;
    boolean last = false;
    while (!last) {
      long payload = fill(checksum == null);
      cursor.sum(payload, checksum);
      if (cursor.atEnd()) {
        seal.run();
        last = addFooter(record);
      }
      file.write(total, memory);
      total += payload;
    }
  }

  /** Keeps nothing of the caller's memory, however the page ended. */
  private void forget() {
    cursor.end();
    memory.vectors().clear();
  }

  private boolean addFooter(PageRecord record) {
    int length = record.footer().limit();
    return length == 0 || memory.vectors().addOwned(record.memory(), length);
  }

  /** Fills a window from the cursor on and moves the cursor behind it; returns its bytes. */
  private long fill(boolean whole) {
    memory.vectors().clear();
    cursor.mark();
    cursor.fill(memory.vectors(), whole ? Long.MAX_VALUE : PageVector.STEP);
    return memory.vectors().bytes();
  }
}
