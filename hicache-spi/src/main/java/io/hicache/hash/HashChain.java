package io.hicache.hash;

import io.hicache.PageKey;
import java.security.DigestException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * One run along a prompt, page by page; for one thread. Nothing is allocated per page: tokens are
 * written behind the slot of the prior digest, and a page's digest lands in that slot.
 */
final class HashChain {
  /** Pages of more units than this are fed to SHA-256 in steps, to bound the block. */
  static final int STEP = 4096;

  private static final byte WIDE = (byte) 0xff;

  private final MessageDigest sha = Digests.sha256();
  private final Tokens tokens;
  private final int pageUnits;
  private final byte[] block;
  private boolean chained;
  private int next;

  /**
   * Begins a run.
   *
   * @param tokens the prompt
   * @param pageUnits how many units a page covers
   * @param prior the digest before the first page, if any
   */
  HashChain(Tokens tokens, int pageUnits, byte @Nullable [] prior) {
    this.tokens = tokens;
    this.pageUnits = pageUnits;
    int step = Math.min(STEP, Math.min(pageUnits, tokens.units()));
    this.block = new byte[Digests.BYTES + 1 + step * tokens.unitBytes()];
    if (prior != null) {
      System.arraycopy(prior, 0, block, 0, Digests.BYTES);
      chained = true;
    }
  }

  /** Hashes the next page, or what is left of one. */
  void advance() {
    int units = Math.min(pageUnits, tokens.units() - next);
    boolean wide = tokens.wide(next, units);
    int from = chained ? 0 : Digests.BYTES;
    int at = Digests.BYTES;
    if (wide) {
      block[at++] = WIDE;
    }
    int end = next + units;
    while (end - next > STEP) {
      at = tokens.write(next, STEP, wide, block, at);
      sha.update(block, from, at - from);
      next += STEP;
      from = 0;
      at = 0;
    }
    at = tokens.write(next, end - next, wide, block, at);
    sha.update(block, from, at - from);
    next = end;
    finish();
  }

  /** Refuses a negative token that was in no page. */
  void end() {
    tokens.checkRest(next);
  }

  PageKey key() {
    return new PageKey(Digests.hex(block));
  }

  void copyTo(byte[] digests, int at) {
    System.arraycopy(block, 0, digests, at, Digests.BYTES);
  }

  private void finish() {
    try {
      sha.digest(block, 0, Digests.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a block has room for a digest", e);
    }
    chained = true;
  }
}
