package io.hicache.bench.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The chain of page hashes with nothing around it: a page's digest is SHA-256 of the digest before
 * it and of the page's ids, each 32 bits, little-endian. Source: SGLang, {@code
 * mem_cache/utils.py}, {@code get_hash_str}.
 */
final class BareChain {
  static final int DIGEST_BYTES = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final HexFormat HEX = HexFormat.of();

  private final int pageTokens;
  private final MessageDigest sha;
  private final byte[] block;

  BareChain(int pageTokens) {
    this.pageTokens = pageTokens;
    try {
      this.sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
    this.block = new byte[DIGEST_BYTES + pageTokens * Integer.BYTES];
  }

  /** Returns a digest per whole page, one after another. */
  byte[] digests(int[] tokens) {
    byte[] digests = new byte[tokens.length / pageTokens * DIGEST_BYTES];
    for (int page = 0; page < digests.length / DIGEST_BYTES; page++) {
      advance(tokens, page);
      System.arraycopy(block, 0, digests, page * DIGEST_BYTES, DIGEST_BYTES);
    }
    return digests;
  }

  /** Returns a String of 64 hexadecimal digits per whole page. */
  List<String> strings(int[] tokens) {
    String[] strings = new String[tokens.length / pageTokens];
    for (int page = 0; page < strings.length; page++) {
      advance(tokens, page);
      strings[page] = HEX.formatHex(block, 0, DIGEST_BYTES);
    }
    return List.of(strings);
  }

  /** Hashes a page, whose digest lands where the next page's block has its prior one. */
  private void advance(int[] tokens, int page) {
    int first = page * pageTokens;
    for (int i = 0; i < pageTokens; i++) {
      INT.set(block, DIGEST_BYTES + i * Integer.BYTES, tokens[first + i]);
    }
    int skipped = page == 0 ? DIGEST_BYTES : 0;
    sha.update(block, skipped, block.length - skipped);
    try {
      sha.digest(block, 0, DIGEST_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("the block has room for a digest", e);
    }
  }
}
