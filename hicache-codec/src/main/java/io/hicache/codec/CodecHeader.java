package io.hicache.codec;

import io.hicache.Page;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of a stored page and tells how to read it. Little endian.
 *
 * <table>
 *   <caption>The header of {@value #BYTES} bytes; behind it the body, behind that the tag</caption>
 *   <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 *   <tr><td>0</td><td>8</td><td>{@code HICACHEC} in ASCII</td></tr>
 *   <tr><td>8</td><td>2</td><td>version, 1</td></tr>
 *   <tr><td>10</td><td>1</td><td>compression: 0 none, 1 zstd, 2 LZ4</td></tr>
 *   <tr><td>11</td><td>1</td><td>encryption: 0 none, 1 XAES-256-GCM, whose 16 bytes of tag stand
 *       behind the body</td></tr>
 *   <tr><td>12</td><td>4</td><td>the page's length</td></tr>
 *   <tr><td>16</td><td>4</td><td>the body's length: the page's, or what it was compressed to</td></tr>
 *   <tr><td>20</td><td>1</td><td>flags: 1 = the body's CRC32C is there; others 0</td></tr>
 *   <tr><td>21</td><td>1</td><td>length of the key's id; 0 without encryption</td></tr>
 *   <tr><td>22</td><td>2</td><td>0; another release may use it</td></tr>
 *   <tr><td>24</td><td>32</td><td>the key's id in ASCII, behind it zeros</td></tr>
 *   <tr><td>56</td><td>24</td><td>the nonce; zeros without encryption</td></tr>
 *   <tr><td>80</td><td>4</td><td>CRC32C of the body; 0 without flag 1</td></tr>
 *   <tr><td>84</td><td>4</td><td>CRC32C of the page's identity and the 84 bytes before</td></tr>
 * </table>
 *
 * <p>The identity is the codec's context, the page's key and its pool in ASCII, each ended by a
 * zero, which none of them can hold. It and the bytes up to offset 80 are bound to an encrypted
 * body as its associated data, so that a page that was moved to another key does not decode. The
 * first 10 bytes and the 4 at offset 84 mean the same in every version.
 *
 * <p>One instance is a workspace's buffer for one header at a time. Not thread-safe.
 */
final class CodecHeader {
  /** Bytes of a header. */
  static final int BYTES = 88;

  private static final short VERSION = 1;
  private static final byte CHECKSUM = 1;
  private static final int AT_VERSION = 8;
  private static final int AT_COMPRESSION = 10;
  private static final int AT_ENCRYPTION = 11;
  private static final int AT_PAGE_BYTES = 12;
  private static final int AT_BODY_BYTES = 16;
  private static final int AT_FLAGS = 20;
  private static final int AT_ID_BYTES = 21;
  private static final int AT_ZERO = 22;
  private static final int AT_ID = 24;
  private static final int AT_NONCE = 56;
  private static final int AT_BODY_CHECKSUM = 80;
  private static final int AT_OWN_CHECKSUM = 84;
  private static final long MAGIC =
      ByteBuffer.wrap("HICACHEC".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();

  private final MemorySegment segment;
  private final ByteBuffer buffer;
  private final CRC32C checksum = new CRC32C();

  /** Makes a buffer in an arena. */
  CodecHeader(Arena arena) {
    segment = arena.allocate(BYTES, Long.BYTES);
    buffer = segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The header's bytes as they are to be stored. */
  MemorySegment segment() {
    return segment;
  }

  /** Begins a header that is neither encrypted nor summed. */
  void begin(Compression compression, long pageBytes, long bodyBytes) {
    segment.fill((byte) 0);
    buffer.putLong(0, MAGIC);
    buffer.putShort(AT_VERSION, VERSION);
    buffer.put(AT_COMPRESSION, compression.id());
    buffer.putInt(AT_PAGE_BYTES, (int) pageBytes);
    buffer.putInt(AT_BODY_BYTES, (int) bodyBytes);
  }

  /** Adds how the body is going to be encrypted. */
  void encryption(String keyId, byte[] nonce) {
    buffer.put(AT_ENCRYPTION, Encryption.AES_GCM.id());
    buffer.put(AT_ID_BYTES, (byte) keyId.length());
    buffer.put(AT_ID, keyId.getBytes(StandardCharsets.US_ASCII));
    buffer.put(AT_NONCE, nonce);
  }

  /** Adds the body's checksum. */
  void bodyChecksum(int value) {
    buffer.put(AT_FLAGS, CHECKSUM);
    buffer.putInt(AT_BODY_CHECKSUM, value);
  }

  /** Ends the header; nothing is added behind this. */
  void end(byte[] identity) {
    buffer.putInt(AT_OWN_CHECKSUM, ownChecksum(identity));
  }

  /** Copies a header out of a store's bytes, so that they may change without harm. */
  void read(MemorySegment stored) {
    segment.copyFrom(stored.asSlice(0, BYTES));
  }

  /**
   * Judges what was read, the body apart.
   *
   * @param identity whose page is looked for
   * @param storedBytes how long header, body and tag are
   * @param pageBytes how long the page is to be
   * @return {@link Decoding#DONE} if the body may be looked at
   */
  Decoding judge(byte[] identity, long storedBytes, long pageBytes) {
    if (buffer.getLong(0) != MAGIC || buffer.getInt(AT_OWN_CHECKSUM) != ownChecksum(identity)) {
      return Decoding.DAMAGED;
    }
    Compression compression = compression();
    Encryption encryption = encryption();
    if (buffer.getShort(AT_VERSION) != VERSION
        || (buffer.get(AT_FLAGS) & ~CHECKSUM) != 0
        || buffer.getShort(AT_ZERO) != 0
        || compression == null
        || encryption == null) {
      return Decoding.UNREADABLE;
    }
    if (!lengthsAgree(storedBytes) || !idFits()) {
      return Decoding.DAMAGED;
    }
    return pageBytes() == pageBytes ? Decoding.DONE : Decoding.OTHER_LENGTH;
  }

  /** How the body is compressed; null if this release does not know. */
  @Nullable Compression compression() {
    return Compression.of(buffer.get(AT_COMPRESSION));
  }

  /** How the body is encrypted; null if this release does not know. */
  @Nullable Encryption encryption() {
    return Encryption.of(buffer.get(AT_ENCRYPTION));
  }

  /** Bytes of the body. */
  int bodyBytes() {
    return buffer.getInt(AT_BODY_BYTES);
  }

  /** The id of the key. */
  String keyId() {
    byte[] id = new byte[buffer.get(AT_ID_BYTES)];
    buffer.get(AT_ID, id);
    return new String(id, StandardCharsets.US_ASCII);
  }

  /** Copies the nonce. */
  void nonce(byte[] to) {
    buffer.get(AT_NONCE, to);
  }

  /** Tells whether a body has its checksum; true where none was recorded. */
  boolean matches(int bodyChecksum) {
    return (buffer.get(AT_FLAGS) & CHECKSUM) == 0
        || buffer.getInt(AT_BODY_CHECKSUM) == bodyChecksum;
  }

  /** Tells whether the body's checksum was recorded. */
  boolean hasChecksum() {
    return (buffer.get(AT_FLAGS) & CHECKSUM) != 0;
  }

  /** What is bound to an encrypted body. */
  byte[] bound(byte[] identity) {
    byte[] bound = new byte[identity.length + AT_BODY_CHECKSUM];
    System.arraycopy(identity, 0, bound, 0, identity.length);
    buffer.get(0, bound, identity.length, AT_BODY_CHECKSUM);
    return bound;
  }

  private int pageBytes() {
    return buffer.getInt(AT_PAGE_BYTES);
  }

  private boolean lengthsAgree(long storedBytes) {
    long page = pageBytes();
    long body = bodyBytes();
    boolean fits =
        compression() == Compression.OFF ? body == page : body >= 1 && body <= Payoff.limit(page);
    long tag = encryption() == Encryption.OFF ? 0 : Sealer.TAG_BYTES;
    return page >= 1 && page <= Page.MAX_BYTES && fits && BYTES + body + tag == storedBytes;
  }

  private boolean idFits() {
    int bytes = buffer.get(AT_ID_BYTES);
    int least = encryption() == Encryption.OFF ? 0 : 1;
    int most = encryption() == Encryption.OFF ? 0 : EncryptionKeys.MAX_ID_LENGTH;
    return bytes >= least && bytes <= most;
  }

  private int ownChecksum(byte[] identity) {
    checksum.reset();
    checksum.update(identity);
    checksum.update(buffer.clear().limit(AT_OWN_CHECKSUM));
    buffer.clear();
    return (int) checksum.getValue();
  }
}
