package io.hicache.hash;

/** The units of a range of tokens, as SHA-256 is to see them: single tokens, or pairs. */
sealed interface Tokens permits IntTokens, LongTokens {

  /** Returns how many units the range has. */
  int units();

  /** Returns the most bytes that a unit takes. */
  int unitBytes();

  /** Tells whether one of these units holds an id over 32 bits. */
  boolean wide(int first, int units);

  /**
   * Writes units, little-endian, with 64 bits to an id if wide and 32 if not.
   *
   * @return the offset behind the last byte
   * @throws IllegalArgumentException if one of them is negative
   */
  int write(int first, int units, boolean wide, byte[] block, int at);

  /**
   * Looks at the tokens that no page took.
   *
   * @param first the unit after the last one written
   * @throws IllegalArgumentException if one of them is negative
   */
  void checkRest(int first);

  /** Returns how many units so many tokens are. */
  static int units(int tokens, boolean pairs) {
    return pairs ? Math.max(0, tokens - 1) : tokens;
  }

  /** Makes the complaint about a negative token. */
  static IllegalArgumentException negative(int index, long token) {
    return new IllegalArgumentException(
        "tokens[" + index + "] = " + token + ": must not be negative");
  }
}
