package io.hicache.hash;

import java.util.Objects;

/** Tokens of at most 31 bits, so never wide. */
final class IntTokens implements Tokens {
  private final int[] tokens;
  private final int from;
  private final int units;
  private final boolean pairs;

  IntTokens(int[] tokens, int from, int to, boolean pairs) {
    Objects.checkFromToIndex(from, to, tokens.length);
    this.tokens = tokens;
    this.from = from;
    this.units = Tokens.units(to - from, pairs);
    this.pairs = pairs;
    check(to);
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public int unitBytes() {
    return pairs ? 2 * Integer.BYTES : Integer.BYTES;
  }

  @Override
  public boolean wide(int first, int units) {
    return false;
  }

  @Override
  public int write(int first, int units, boolean wide, byte[] to, int at) {
    int token = from + first;
    if (!pairs) {
      for (int i = 0; i < units; i++) {
        Words.INT.set(to, at + i * Integer.BYTES, tokens[token + i]);
      }
    } else {
      for (int i = 0; i < units; i++) {
        Words.LONG.set(
            to, at + i * Long.BYTES, Words.pair(tokens[token + i], tokens[token + i + 1]));
      }
    }
    return at + units * unitBytes();
  }

  /** Looks at all tokens without a branch, by vector instructions, before it seeks the culprit. */
  private void check(int to) {
    int signs = 0;
    for (int i = from; i < to; i++) {
      signs |= tokens[i] >> (Integer.SIZE - 1);
    }
    for (int i = from; signs != 0 && i < to; i++) {
      if (tokens[i] < 0) {
        throw Tokens.negative(i, tokens[i]);
      }
    }
  }
}
