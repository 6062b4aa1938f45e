package io.hicache;

import io.hicache.spi.Quoted;
import java.util.Objects;

/**
 * The name of a page: usually the 64 hexadecimal digits of its hash (see {@code io.hicache.hash}),
 * and the pool its bytes come from.
 *
 * <p>Two keys are the same page only if both parts are equal. A key is checked when it is made, so
 * a backend may build names from it without looking again: it holds no separator, no control
 * character and no {@code ..}.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, each 0x21–0x7E, without {@code /}, {@code \}
 *     and {@code ..}
 * @param pool the pool; {@link PoolName#KV} unless a page of another pool is meant
 */
public record PageKey(String value, PoolName pool) {
  /** Most characters in a key. */
  public static final int MAX_LENGTH = 512;

  /** Characters that are legal wherever they stand: hashing makes millions of keys a second. */
  private static final boolean[] PLAIN = plain();

  /**
   * Checks the key.
   *
   * @throws IllegalArgumentException if the value is not of the form above
   */
  public PageKey {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(pool, "pool");
    check(value);
  }

  /**
   * Makes the key of a page of the {@link PoolName#KV} pool.
   *
   * @param value the key's text
   */
  public PageKey(String value) {
    this(value, PoolName.KV);
  }

  /**
   * Returns the key of another pool's page under the same value.
   *
   * @param other the pool
   */
  public PageKey in(PoolName other) {
    return new PageKey(value, other);
  }

  /** Returns the value alone for the kv pool, {@code value@pool} for others. */
  @Override
  public String toString() {
    return pool.equals(PoolName.KV) ? value : value + "@" + pool;
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[0x80];
    for (char c = 0x21; c <= 0x7e; c++) {
      plain[c] = c != '/' && c != '\\' && c != '.';
    }
    return plain;
  }

  private static void check(String value) {
    int length = value.length();
    if (length == 0 || length > MAX_LENGTH) {
      throw refused(value, "must be 1 to " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) {
        checkFrom(i, value);
        return;
      }
    }
  }

  /** Judges the characters that the table does not: dots, and what is to be refused. */
  private static void checkFrom(int first, String value) {
    char before = 0;
    for (int i = first; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x21 || c > 0x7e || c == '/' || c == '\\') {
        throw refused(value, "every character must be 0x21 to 0x7E, but not / or \\");
      }
      if (c == '.' && before == '.') {
        throw refused(value, "must not contain ..");
      }
      before = c;
    }
  }

  private static IllegalArgumentException refused(String value, String rule) {
    return new IllegalArgumentException("key " + Quoted.of(value) + ": " + rule);
  }
}
