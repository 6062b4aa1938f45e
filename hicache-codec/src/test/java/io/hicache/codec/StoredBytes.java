package io.hicache.codec;

import io.hicache.PageKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Changes what is stored and makes its checksums right again, as a forger would. */
final class StoredBytes {
  static final int AT_VERSION = 8;
  static final int AT_COMPRESSION = 10;
  static final int AT_ENCRYPTION = 11;
  static final int AT_PAGE_BYTES = 12;
  static final int AT_BODY_BYTES = 16;
  static final int AT_FLAGS = 20;
  static final int AT_ID_BYTES = 21;
  static final int AT_BODY_CHECKSUM = 80;
  static final int AT_OWN_CHECKSUM = 84;
  static final int HEADER = 88;

  private StoredBytes() {}

  static byte[] withByte(byte[] stored, int at, int value) {
    byte[] changed = stored.clone();
    changed[at] = (byte) value;
    return changed;
  }

  static byte[] withInt(byte[] stored, int at, int value) {
    byte[] changed = stored.clone();
    little(changed).putInt(at, value);
    return changed;
  }

  /** Sets both checksums of what may be too short to have them. */
  static byte[] repaired(byte[] stored, String context, PageKey key) {
    if (stored.length < HEADER) {
      return stored;
    }
    byte[] changed = stored.clone();
    if ((changed[AT_FLAGS] & 1) != 0) {
      CRC32C body = new CRC32C();
      body.update(changed, HEADER, changed.length - HEADER);
      little(changed).putInt(AT_BODY_CHECKSUM, (int) body.getValue());
    }
    CRC32C own = new CRC32C();
    String identity = context + "\0" + key.value() + "\0" + key.pool().value() + "\0";
    own.update(identity.getBytes(StandardCharsets.US_ASCII));
    own.update(changed, 0, AT_OWN_CHECKSUM);
    little(changed).putInt(AT_OWN_CHECKSUM, (int) own.getValue());
    return changed;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
