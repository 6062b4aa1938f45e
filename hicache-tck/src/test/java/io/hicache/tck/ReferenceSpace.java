package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;

import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.spi.NamespaceRecord;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** The pages of one namespace on the heap: one immutable copy each, replaced whole. */
final class ReferenceSpace {
  /** A page as stored; the checksum is of the bytes as they were written. Equal to itself only. */
  static final class Stored {
    private final byte[] bytes;
    private final long checksum;

    Stored(byte[] bytes) {
      this(bytes, checksum(bytes));
    }

    private Stored(byte[] bytes, long checksum) {
      this.bytes = bytes;
      this.checksum = checksum;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Returns other bytes under the checksum of these. */
    Stored damaged(byte[] others) {
      return new Stored(others, checksum);
    }

    boolean intact() {
      return checksum == checksum(bytes);
    }

    private static long checksum(byte[] bytes) {
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      return crc.getValue() + ((long) bytes.length << 32);
    }
  }

  private final NamespaceRecord record;
  private final Collection<ReferenceSpace> siblings;
  private final Map<PageKey, Stored> pages = new ConcurrentHashMap<>();

  ReferenceSpace(NamespaceRecord record, Collection<ReferenceSpace> siblings) {
    this.record = record;
    this.siblings = siblings;
  }

  /** Returns every namespace of the store, this one too. */
  Collection<ReferenceSpace> siblings() {
    return siblings;
  }

  NamespaceRecord record() {
    return record;
  }

  Map<PageKey, Stored> pages() {
    return pages;
  }

  Outcome read(Page target) {
    Stored stored = pages.get(target.key());
    if (stored == null) {
      return ABSENT;
    }
    if (!stored.intact()) {
      pages.remove(target.key(), stored);
      return MISMATCH;
    }
    if (stored.bytes().length != target.bytes()) {
      return MISMATCH;
    }
    scatter(stored.bytes(), target);
    return DONE;
  }

  Outcome write(Page source, boolean overwrite) {
    Stored fresh = new Stored(gather(source));
    Stored now =
        pages.merge(
            source.key(),
            fresh,
            (old, written) ->
                overwrite || old.bytes().length != written.bytes().length ? written : old);
    return now.equals(fresh) ? DONE : KEPT;
  }

  static byte[] gather(Page page) {
    byte[] bytes = new byte[Math.toIntExact(page.bytes())];
    int offset = 0;
    for (Part part : page.parts()) {
      int length = Math.toIntExact(part.bytes());
      MemorySegment.copy(memory(part), ValueLayout.JAVA_BYTE, 0, bytes, offset, length);
      offset += length;
    }
    return bytes;
  }

  static void scatter(byte[] bytes, Page page) {
    int offset = 0;
    for (Part part : page.parts()) {
      int length = Math.toIntExact(part.bytes());
      MemorySegment.copy(bytes, offset, memory(part), ValueLayout.JAVA_BYTE, 0, length);
      offset += length;
    }
  }

  static MemorySegment memory(Part part) {
    return ((HostPart) part).segment();
  }
}
