package io.hicache.pool;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The rules on the numbers that shapes are made of. */
final class Counts {
  private Counts() {}

  /**
   * Checks a count.
   *
   * @throws IllegalArgumentException if it is not at least 1
   */
  static void positive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " " + value + ": must be at least 1");
    }
  }

  /**
   * Multiplies what a size is made of.
   *
   * @throws IllegalArgumentException if the product does not fit 63 bits
   */
  static long product(String what, long... factors) {
    long product = 1;
    try {
      for (long factor : factors) {
        product = Math.multiplyExact(product, factor);
      }
      return product;
    } catch (ArithmeticException e) {
      String shown =
          Arrays.stream(factors).mapToObj(Long::toString).collect(Collectors.joining(" × "));
      throw new IllegalArgumentException(
          "%s of %s bytes: must be below 2^63 bytes".formatted(what, shown), e);
    }
  }

  /**
   * Adds what a size is made of.
   *
   * @throws IllegalArgumentException if the sum does not fit 63 bits
   */
  static long sum(String what, long first, long second) {
    try {
      return Math.addExact(first, second);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s of %d + %d bytes: must be below 2^63 bytes".formatted(what, first, second), e);
    }
  }
}
