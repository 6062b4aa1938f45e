package io.hicache.codec;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM (C2SP, {@code XAES-256-GCM.md}): AES-256-GCM of the JDK under a key derived from the
 * first half of a nonce of 192 bits, with its second half as GCM's own nonce. The derivation is
 * NIST SP 800-108's counter mode over AES-CMAC. Not thread-safe.
 */
final class Sealer {
  /** Bytes of a nonce: 192 bits, to be drawn at random for each page. */
  static final int NONCE_BYTES = 24;

  /** Bytes of the tag behind what is encrypted. */
  static final int TAG_BYTES = 16;

  private static final String RULE = "must be an AES key of 256 bits";
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 16;
  private static final int HALF = NONCE_BYTES / 2;

  /** What a doubled block is reduced by, if its top bit was set (NIST SP 800-38B, 5.3). */
  private static final int REDUCTION = 0x87;

  private final Cipher block;
  private final Cipher gcm;
  private final byte[] subkey = new byte[BLOCK];
  private final byte[] input = new byte[BLOCK];
  private final byte[] derived = new byte[KEY_BYTES];
  private @Nullable SecretKey last;

  /** Makes the JDK's ciphers. */
  Sealer() {
    try {
      block = Cipher.getInstance("AES/ECB/NoPadding");
      gcm = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  /**
   * Returns if a key will do.
   *
   * @throws HiCacheException {@link FaultKind#REFUSED} naming its id
   */
  void require(KeyRing.Entry entry) {
    try {
      derive(entry.key(), new byte[NONCE_BYTES]);
    } catch (GeneralSecurityException e) {
      throw new HiCacheException(FaultKind.REFUSED, "key " + entry.id() + ": " + RULE);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  /**
   * Encrypts.
   *
   * @param key of 256 bits
   * @param nonce {@value #NONCE_BYTES} bytes that no other page has had
   * @param bound what is bound to it without being encrypted
   * @param plain direct
   * @param sealed direct, with room for {@value #TAG_BYTES} bytes more
   */
  void seal(SecretKey key, byte[] nonce, byte[] bound, ByteBuffer plain, ByteBuffer sealed) {
    try {
      start(Cipher.ENCRYPT_MODE, key, nonce, bound);
      gcm.doFinal(plain, sealed);
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  /**
   * Decrypts what may be anything.
   *
   * @param key of 256 bits
   * @param plain direct, {@value #TAG_BYTES} bytes shorter than {@code sealed}
   * @return whether it was sealed with this key, nonce and bound bytes; if not, {@code plain} holds
   *     anything
   */
  boolean open(SecretKey key, byte[] nonce, byte[] bound, ByteBuffer sealed, ByteBuffer plain) {
    try {
      start(Cipher.DECRYPT_MODE, key, nonce, bound);
      gcm.doFinal(sealed, plain);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  private void start(int mode, SecretKey key, byte[] nonce, byte[] bound)
      throws GeneralSecurityException {
    derive(key, nonce);
    GCMParameterSpec parameters =
        new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce, HALF, NONCE_BYTES - HALF);
    gcm.init(mode, new SecretKeySpec(derived, "AES"), parameters);
    Arrays.fill(derived, (byte) 0);
    gcm.updateAAD(bound);
  }

  /** By identity: equality would look at the keys' bytes, copied for every page. */
  @SuppressWarnings("ReferenceEquality")
  private void derive(SecretKey key, byte[] nonce) throws GeneralSecurityException {
    if (key != last) {
      last = null;
      requireLength(key);
      block.init(Cipher.ENCRYPT_MODE, key);
      Arrays.fill(input, (byte) 0);
      block.doFinal(input, 0, BLOCK, subkey, 0);
      twice(subkey);
      last = key;
    }
    for (int half = 0; half < 2; half++) {
      input[0] = 0;
      input[1] = (byte) (half + 1);
      input[2] = 'X';
      input[3] = 0;
      System.arraycopy(nonce, 0, input, 4, HALF);
      for (int i = 0; i < BLOCK; i++) {
        input[i] ^= subkey[i];
      }
      block.doFinal(input, 0, BLOCK, derived, half * BLOCK);
    }
  }

  /** AES takes shorter keys too. One that never leaves its hardware shows no bytes to count. */
  private static void requireLength(SecretKey key) throws InvalidKeyException {
    byte[] encoded = key.getEncoded();
    if (encoded != null) {
      Arrays.fill(encoded, (byte) 0);
      if (encoded.length != KEY_BYTES) {
        throw new InvalidKeyException(RULE);
      }
    }
  }

  private static void twice(byte[] value) {
    int carry = (value[0] & 0x80) == 0 ? 0 : REDUCTION;
    for (int i = 0; i < BLOCK - 1; i++) {
      value[i] = (byte) (value[i] << 1 | (value[i + 1] & 0xff) >>> 7);
    }
    value[BLOCK - 1] = (byte) (value[BLOCK - 1] << 1 ^ carry);
  }

  /** Without the cause: nobody can tell what a provider's message holds of a key. */
  private static HiCacheException failed(GeneralSecurityException e) {
    return e instanceof InvalidKeyException
        ? new HiCacheException(FaultKind.REFUSED, "key: " + RULE)
        : new HiCacheException(
            FaultKind.INTERNAL, "this JVM's AES failed: " + e.getClass().getSimpleName());
  }
}
