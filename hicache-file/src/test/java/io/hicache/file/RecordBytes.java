package io.hicache.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A second reading of the integrity record, from its description alone. */
final class RecordBytes {
  private RecordBytes() {}

  /** Returns the record's own checksum of a page file whose name holds its key. */
  static int recordChecksum(String fileName, byte[] file, int payload) {
    ByteBuffer covered = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    covered.putInt(crc(fileName.getBytes(StandardCharsets.US_ASCII), 0, fileName.length()));
    covered.put(file, payload, 20);
    return crc(covered.array(), 0, 24);
  }

  /** Returns the file with the record's own checksum made right again. */
  static byte[] resealed(String fileName, byte[] file, int payload) {
    byte[] sealed = file.clone();
    ByteBuffer.wrap(sealed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(payload + 20, recordChecksum(fileName, file, payload));
    return sealed;
  }

  /** Tells whether a page file of a name that holds its key is whole and unaltered. */
  static boolean intact(String fileName, byte[] file) {
    int payload = file.length - 32;
    ByteBuffer record = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    return payload > 0
        && record.getLong(payload) == payload
        && record.getInt(payload + 8) == crc(file, 0, payload)
        && record.getInt(payload + 12) == 0
        && record.getInt(payload + 16) == 0x0001_0001
        && record.getInt(payload + 20) == recordChecksum(fileName, file, payload)
        && new String(file, payload + 24, 8, StandardCharsets.US_ASCII).equals("HICACHEP");
  }

  static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
