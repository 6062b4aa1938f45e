package io.hicache.file.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The integrity record: what stands behind a page's payload and lets a reader tell that the file is
 * whole, unaltered and the one it looked for. Little endian throughout.
 *
 * <table>
 *   <caption>A page's file of F bytes, its payload of P and its recorded key of K bytes</caption>
 *   <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 *   <tr><td>0</td><td>P</td><td>payload</td></tr>
 *   <tr><td>P</td><td>K</td><td>the key in ASCII, if the file is named by its digest; else none
 *       </td></tr>
 *   <tr><td>F − 32</td><td>8</td><td>P</td></tr>
 *   <tr><td>F − 24</td><td>4</td><td>CRC32C of the payload; 0 without flag 1</td></tr>
 *   <tr><td>F − 20</td><td>4</td><td>K</td></tr>
 *   <tr><td>F − 16</td><td>2</td><td>version, 1</td></tr>
 *   <tr><td>F − 14</td><td>2</td><td>flags: 1 = the payload's CRC32C is there; others 0</td></tr>
 *   <tr><td>F − 12</td><td>4</td><td>CRC32C of: the CRC32C of the file's name as 4 bytes, the
 *       key, and the 20 bytes from F − 32</td></tr>
 *   <tr><td>F − 8</td><td>8</td><td>{@code HICACHEP} in ASCII</td></tr>
 * </table>
 *
 * <p>The last 16 bytes mean the same in every version, and what a later one adds stands between
 * payload and record, so a release can tell a page of a newer one from a damaged page. The name is
 * under the checksum so that a file that was renamed by hand is never taken for another page.
 *
 * <p>One instance is a worker's buffer for one record at a time. Not thread-safe.
 */
final class PageRecord {
  /** Bytes of the record itself. */
  static final int BYTES = 32;

  /** The form of records that this release writes. */
  static final short VERSION = 1;

  /** Flag: the payload's checksum is there. */
  static final short CHECKSUM = 1;

  private static final int MAX_KEY_BYTES = 512;
  private static final long MAGIC = ascii("HICACHEP");
  private static final int AT_CHECKSUM = 8;
  private static final int AT_KEY_BYTES = 12;
  private static final int AT_VERSION = 16;
  private static final int AT_FLAGS = 18;
  private static final int AT_RECORD_CHECKSUM = 20;
  private static final int AT_MAGIC = 24;

  /** What a record says of its file. */
  enum Verdict {
    /** The file is the page looked for, whole and, where checked, unaltered. */
    VALID,
    /** The file is not what its record says, or has none. */
    DAMAGED,
    /** The file is of a newer release, and whole as far as this one can tell. */
    NEWER
  }

  /** One byte more than a footer has, so that a file that is too long shows itself in a read. */
  private final MemorySegment memory =
      Arena.ofAuto().allocate(MAX_KEY_BYTES + BYTES + 1, Long.BYTES);

  private final ByteBuffer footer = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);

  private final CRC32C checksum = new CRC32C();

  /** Returns the buffer made ready to take a footer, and one byte more, from a file. */
  ByteBuffer toRead(PageName name) {
    return footer.clear().limit(name.footerBytes() + 1);
  }

  /** Returns the buffer made ready to be written; {@link #encode} fills it. */
  ByteBuffer toWrite(PageName name) {
    return footer.clear().limit(name.footerBytes());
  }

  /** Returns the buffer as it was made ready. */
  ByteBuffer footer() {
    return footer;
  }

  /** Returns the buffer's memory, which lives as long as this. */
  MemorySegment memory() {
    return memory;
  }

  /** Fills the buffer; its position and limit stay as they are. */
  void encode(PageName name, long payloadBytes, boolean checked, int payloadChecksum) {
    byte[] key = name.recordedKey().getBytes(StandardCharsets.US_ASCII);
    footer.put(0, key);
    footer.putLong(key.length, payloadBytes);
    footer.putInt(key.length + AT_CHECKSUM, checked ? payloadChecksum : 0);
    footer.putInt(key.length + AT_KEY_BYTES, key.length);
    footer.putShort(key.length + AT_VERSION, VERSION);
    footer.putShort(key.length + AT_FLAGS, checked ? CHECKSUM : 0);
    footer.putInt(key.length + AT_RECORD_CHECKSUM, ownChecksum(name));
    footer.putLong(key.length + AT_MAGIC, MAGIC);
  }

  /**
   * Judges a file by its record, the payload's checksum apart.
   *
   * @param name the page looked for
   * @param payloadBytes what the file has before its footer
   */
  Verdict judge(PageName name, long payloadBytes) {
    int at = name.recordedKey().length();
    if (footer.getLong(at + AT_MAGIC) != MAGIC
        || footer.getInt(at + AT_RECORD_CHECKSUM) != ownChecksum(name)) {
      return Verdict.DAMAGED;
    }
    if (footer.getShort(at + AT_VERSION) != VERSION || (flags(name) & ~CHECKSUM) != 0) {
      return Verdict.NEWER;
    }
    boolean same =
        footer.getLong(at) == payloadBytes
            && footer.getInt(at + AT_KEY_BYTES) == at
            && keyMatches(name.recordedKey());
    return same ? Verdict.VALID : Verdict.DAMAGED;
  }

  /** Tells whether a valid record's file has this payload; true where no checksum was recorded. */
  boolean matches(PageName name, int payloadChecksum) {
    return (flags(name) & CHECKSUM) == 0
        || footer.getInt(name.recordedKey().length() + AT_CHECKSUM) == payloadChecksum;
  }

  private short flags(PageName name) {
    return footer.getShort(name.recordedKey().length() + AT_FLAGS);
  }

  private boolean keyMatches(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (footer.get(i) != key.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int ownChecksum(PageName name) {
    checksum.reset();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      checksum.update(name.checksum() >>> shift);
    }
    int position = footer.position();
    int limit = footer.limit();
    footer.position(0).limit(name.recordedKey().length() + AT_RECORD_CHECKSUM);
    checksum.update(footer);
    footer.limit(limit).position(position);
    return (int) checksum.getValue();
  }

  private static long ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }
}
