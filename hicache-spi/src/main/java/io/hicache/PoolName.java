package io.hicache;

import io.hicache.spi.Quoted;
import java.util.Objects;

/**
 * The name of a host pool: {@code kv} for attention keys and values, others for what hybrid models
 * keep beside them ({@code mamba}, {@code swa}, {@code indexer}, …). An open set, as in SGLang,
 * whose models add names release by release.
 *
 * @param value 1 to {@value #MAX_LENGTH} of {@code a–z}, {@code 0–9} and {@code _}, beginning with
 *     a letter
 */
public record PoolName(String value) implements Comparable<PoolName> {
  /** Most characters in a pool's name. */
  public static final int MAX_LENGTH = 64;

  /** The pool of attention keys and values, which every model has. */
  public static final PoolName KV = new PoolName("kv");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is not of the form above
   */
  public PoolName {
    Objects.requireNonNull(value, "value");
    if (!legal(value)) {
      throw new IllegalArgumentException(
          "pool name %s: must be 1 to %d of a-z, 0-9 and _, beginning with a letter"
              .formatted(Quoted.of(value), MAX_LENGTH));
    }
  }

  @Override
  public int compareTo(PoolName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean legal(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !isLetter(value.charAt(0))) {
      return false;
    }
    return value.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '_');
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }
}
