package io.hicache.hash;

import java.util.Objects;

/** Tokens of at most 63 bits; where one is over 32, its page is wide. */
final class LongTokens implements Tokens {
  private final long[] tokens;
  private final int from;
  private final int units;
  private final boolean pairs;

  /** Whether any token is wide, so that the usual prompt's pages are not looked through again. */
  private final boolean anyWide;

  LongTokens(long[] tokens, int from, int to, boolean pairs) {
    Objects.checkFromToIndex(from, to, tokens.length);
    this.tokens = tokens;
    this.from = from;
    this.units = Tokens.units(to - from, pairs);
    this.pairs = pairs;
    this.anyWide = anyWide(from, to);
    for (int i = from; anyWide && i < to; i++) {
      if (tokens[i] < 0) {
        throw Tokens.negative(i, tokens[i]);
      }
    }
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public int unitBytes() {
    int idBytes = anyWide ? Long.BYTES : Integer.BYTES;
    return pairs ? 2 * idBytes : idBytes;
  }

  @Override
  public boolean wide(int first, int units) {
    int token = from + first;
    return anyWide && units > 0 && anyWide(token, token + units + (pairs ? 1 : 0));
  }

  @Override
  public int write(int first, int units, boolean wide, byte[] block, int at) {
    int token = from + first;
    if (pairs) {
      return wide ? widePairs(token, units, block, at) : narrowPairs(token, units, block, at);
    }
    return wide ? wideIds(token, units, block, at) : narrowIds(token, units, block, at);
  }

  /** Nothing is left to look at: ids that may be negative were found before any was written. */
  @Override
  public void checkRest(int first) {}

  private int narrowIds(int token, int units, byte[] to, int at) {
    for (int i = 0; i < units; i++) {
      Words.INT.set(to, at + i * Integer.BYTES, (int) tokens[token + i]);
    }
    return at + units * Integer.BYTES;
  }

  private int narrowPairs(int token, int units, byte[] to, int at) {
    for (int i = 0; i < units; i++) {
      long pair = Words.pair((int) tokens[token + i], (int) tokens[token + i + 1]);
      Words.LONG.set(to, at + i * Long.BYTES, pair);
    }
    return at + units * Long.BYTES;
  }

  private int wideIds(int token, int units, byte[] to, int at) {
    for (int i = 0; i < units; i++) {
      Words.LONG.set(to, at + i * Long.BYTES, tokens[token + i]);
    }
    return at + units * Long.BYTES;
  }

  private int widePairs(int token, int units, byte[] to, int at) {
    for (int i = 0; i < units; i++) {
      Words.LONG.set(to, at + i * 2 * Long.BYTES, tokens[token + i]);
      Words.LONG.set(to, at + i * 2 * Long.BYTES + Long.BYTES, tokens[token + i + 1]);
    }
    return at + units * 2 * Long.BYTES;
  }

  /** Tells whether an id needs more than 32 bits, as a negative one does too. */
  private boolean anyWide(int start, int end) {
    long upper = 0;
    for (int i = start; i < end; i++) {
      upper |= tokens[i] >>> Integer.SIZE;
    }
    return upper != 0;
  }
}
