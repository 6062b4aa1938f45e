package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
  private static final byte[] PLAIN = ascii("XAES-256-GCM");

  /** The two vectors of C2SP's XAES-256-GCM.md: its derivation's top bit is set in one of them. */
  @Test
  void seal_ofTheSpecificationsVectors_isWhatItSays() {
    assertEquals(
        "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271", sealed(key(1), ascii("")));
    assertEquals(
        "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d",
        sealed(key(3), ascii("c2sp.org/XAES-256-GCM")));
  }

  @Test
  void open_ofWhatWasSealed_isThePlainBytes() {
    ByteBuffer plain = ByteBuffer.allocateDirect(PLAIN.length);
    assertTrue(new Sealer().open(key(1), NONCE, ascii(""), direct(seal(key(1))), plain));

    byte[] got = new byte[PLAIN.length];
    plain.flip().get(got);
    assertArrayEquals(PLAIN, got);
  }

  @Test
  void open_withAnotherKeyAfterTheRightOne_fails() {
    Sealer sealer = new Sealer();
    ByteBuffer plain = ByteBuffer.allocateDirect(PLAIN.length);
    assertTrue(sealer.open(key(1), NONCE, ascii(""), direct(seal(key(1))), plain.clear()));
    assertFalse(sealer.open(key(2), NONCE, ascii(""), direct(seal(key(1))), plain.clear()));
  }

  @Test
  void seal_withAKeyOf128Bits_isRefusedWithoutItsBytes() {
    SecretKey weak = new SecretKeySpec(ascii("sixteen-byte-key"), "AES");
    HiCacheException refused =
        assertThrows(
            HiCacheException.class,
            () ->
                new Sealer()
                    .seal(weak, NONCE, ascii(""), direct(PLAIN), ByteBuffer.allocateDirect(99)));

    assertEquals(FaultKind.REFUSED, refused.kind());
    assertEquals("key: must be an AES key of 256 bits", refused.getMessage());
  }

  private static String sealed(SecretKey key, byte[] bound) {
    ByteBuffer sealed = ByteBuffer.allocateDirect(PLAIN.length + Sealer.TAG_BYTES);
    new Sealer().seal(key, NONCE, bound, direct(PLAIN), sealed);
    byte[] bytes = new byte[sealed.flip().remaining()];
    sealed.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] seal(SecretKey key) {
    return HexFormat.of().parseHex(sealed(key, ascii("")));
  }

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
