package io.hicache.hash;

import io.hicache.spi.Quoted;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests, and how they are written. */
final class Digests {
  /** Bytes of a digest. */
  static final int BYTES = 32;

  /** Characters of a digest in hexadecimal digits. */
  static final int DIGITS = 2 * BYTES;

  private static final HexFormat HEX = HexFormat.of();

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Returns an array that holds the digests of so many pages. */
  static byte[] room(int pages) {
    if (pages > (Integer.MAX_VALUE - 8) / BYTES) {
      throw new IllegalArgumentException(
          "range of %d pages: their digests are more than an array holds".formatted(pages));
    }
    return new byte[pages * BYTES];
  }

  /** Returns the lowercase digits of the digest that a block begins with. */
  static String hex(byte[] block) {
    return HEX.formatHex(block, 0, BYTES);
  }

  /**
   * Reads a digest's digits, in either case.
   *
   * @param what the argument's name, for the complaint
   */
  static byte[] parse(String what, String hex) {
    check(what, hex);
    return HEX.parseHex(hex);
  }

  /**
   * Refuses what is not a digest's digits, in either case.
   *
   * @param what the argument's name, for the complaint
   */
  static void check(String what, String hex) {
    if (hex.length() != DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          "%s %s: must be %d hexadecimal digits (%d bytes)"
              .formatted(what, Quoted.of(hex), DIGITS, BYTES));
    }
  }
}
