package io.hicache.hash;

import java.util.Objects;

/** Tokens of at most 31 bits, so never wide. */
final class IntTokens implements Tokens {
  private final int[] tokens;
  private final int from;
  private final int to;
  private final int units;
  private final boolean pairs;

  IntTokens(int[] tokens, int from, int to, boolean pairs) {
    Objects.checkFromToIndex(from, to, tokens.length);
    this.tokens = tokens;
    this.from = from;
    this.to = to;
    this.units = Tokens.units(to - from, pairs);
    this.pairs = pairs;
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
  public int write(int first, int units, boolean wide, byte[] block, int at) {
    int token = from + first;
    int signs = pairs ? writePairs(token, units, block, at) : writeIds(token, units, block, at);
    if (signs < 0) {
      refuseNegative(token);
    }
    return at + units * unitBytes();
  }

  @Override
  public void checkRest(int first) {
    refuseNegative(from + first);
  }

  /** Returns the ids' signs, gathered on the way: a look of its own costs 5 to 10 % of a digest. */
  private int writeIds(int token, int units, byte[] block, int at) {
    int signs = 0;
    for (int i = 0; i < units; i++) {
      int id = tokens[token + i];
      signs |= id;
      Words.INT.set(block, at + i * Integer.BYTES, id);
    }
    return signs;
  }

  private int writePairs(int token, int units, byte[] block, int at) {
    int signs = 0;
    for (int i = 0; i < units; i++) {
      int id = tokens[token + i];
      int following = tokens[token + i + 1];
      signs |= id | following;
      Words.LONG.set(block, at + i * Long.BYTES, Words.pair(id, following));
    }
    return signs;
  }

  private void refuseNegative(int begin) {
    for (int i = begin; i < to; i++) {
      if (tokens[i] < 0) {
        throw Tokens.negative(i, tokens[i]);
      }
    }
  }
}
