package io.hicache.resp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The integrity record: the {@value #BYTES} bytes behind a page's payload in its string, by which a
 * reader tells that the value is whole, unaltered and the one it looked for. Little endian.
 *
 * <table>
 *   <caption>A value of V bytes</caption>
 *   <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 *   <tr><td>0</td><td>V − 32</td><td>payload</td></tr>
 *   <tr><td>V − 32</td><td>8</td><td>V − 32</td></tr>
 *   <tr><td>V − 24</td><td>4</td><td>CRC32C of the payload; 0 without flag 1</td></tr>
 *   <tr><td>V − 20</td><td>4</td><td>0</td></tr>
 *   <tr><td>V − 16</td><td>2</td><td>version, 1</td></tr>
 *   <tr><td>V − 14</td><td>2</td><td>flags: 1 = the payload's CRC32C is there; others 0</td></tr>
 *   <tr><td>V − 12</td><td>4</td><td>CRC32C of the key's bytes and the 20 bytes from V − 32</td></tr>
 *   <tr><td>V − 8</td><td>8</td><td>{@code HICACHEV} in ASCII</td></tr>
 * </table>
 *
 * <p>It stands last because a checksum is known last: a write sends the payload while it sums, and
 * a read sums while the payload comes, each in one pass with the bytes in the processor's cache. In
 * front, a write would have to go over the page twice. The last 16 bytes mean the same in every
 * version.
 *
 * <p>One instance is a connection's buffer for one record at a time. Not thread-safe.
 */
final class ValueRecord {
  /** Bytes of the record. */
  static final int BYTES = 32;

  private static final short VERSION = 1;
  private static final short CHECKSUM = 1;
  private static final int AT_CHECKSUM = 8;
  private static final int AT_ZERO = 12;
  private static final int AT_VERSION = 16;
  private static final int AT_FLAGS = 18;
  private static final int AT_OWN_CHECKSUM = 20;
  private static final int AT_MAGIC = 24;
  private static final long MAGIC =
      ByteBuffer.wrap("HICACHEV".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();

  /** What a record says of its value. */
  enum Verdict {
    /** The value is the page looked for, whole and, where checked, unaltered. */
    VALID,
    /** The value is not what its record says, or has none. */
    DAMAGED,
    /** The value is of a newer release, and whole as far as this one can tell. */
    NEWER
  }

  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private final CRC32C own = new CRC32C();

  /** Returns the buffer made ready to be read into. */
  ByteBuffer toRead() {
    return buffer.clear();
  }

  /** Appends a record to a buffer. */
  void write(byte[] key, long payloadBytes, boolean checked, int payloadChecksum, ByteBuffer to) {
    buffer.clear();
    buffer.putLong(0, payloadBytes);
    buffer.putInt(AT_CHECKSUM, checked ? payloadChecksum : 0);
    buffer.putInt(AT_ZERO, 0);
    buffer.putShort(AT_VERSION, VERSION);
    buffer.putShort(AT_FLAGS, checked ? CHECKSUM : 0);
    buffer.putInt(AT_OWN_CHECKSUM, ownChecksum(key));
    buffer.putLong(AT_MAGIC, MAGIC);
    to.put(buffer);
  }

  /**
   * Judges a value by its record, the payload's checksum apart.
   *
   * @param key the key it was found under
   * @param payloadBytes what the value has before its record
   */
  Verdict judge(byte[] key, long payloadBytes) {
    if (buffer.getLong(AT_MAGIC) != MAGIC || buffer.getInt(AT_OWN_CHECKSUM) != ownChecksum(key)) {
      return Verdict.DAMAGED;
    }
    if (buffer.getShort(AT_VERSION) != VERSION || (flags() & ~CHECKSUM) != 0) {
      return Verdict.NEWER;
    }
    return buffer.getLong(0) == payloadBytes ? Verdict.VALID : Verdict.DAMAGED;
  }

  /** Tells whether a valid record's value has this payload; true where no checksum is there. */
  boolean matches(int payloadChecksum) {
    return (flags() & CHECKSUM) == 0 || buffer.getInt(AT_CHECKSUM) == payloadChecksum;
  }

  private short flags() {
    return buffer.getShort(AT_FLAGS);
  }

  private int ownChecksum(byte[] key) {
    own.reset();
    own.update(key);
    own.update(buffer.array(), 0, AT_OWN_CHECKSUM);
    return (int) own.getValue();
  }
}
