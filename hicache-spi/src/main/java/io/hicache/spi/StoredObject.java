package io.hicache.spi;

import java.util.function.LongFunction;

/** One object of a page, as an {@link ObjectNaming} lists them. */
public sealed interface StoredObject {

  /** Returns the object's name in the store. */
  String name();

  /**
   * An object that holds one of several equal runs of the page's bytes, or all of them.
   *
   * @param name the object's name
   * @param index which run, 0 to {@code count} − 1
   * @param count how many equal runs the page is cut into; 1 for the whole page
   */
  record Run(String name, int index, int count) implements StoredObject {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no such run
     */
    public Run {
      if (count < 1 || index < 0 || index >= count) {
        throw new IllegalArgumentException(
            "run %d of %d: must be 0 to one less than the count".formatted(index, count));
      }
    }

    /**
     * Makes the object that holds the whole page.
     *
     * @param name the object's name
     */
    public static Run whole(String name) {
      return new Run(name, 0, 1);
    }
  }

  /**
   * An object whose bytes the format makes: a marker, or a description of the page.
   *
   * @param name the object's name
   * @param content the bytes, given the page's length
   */
  record Made(String name, LongFunction<byte[]> content) implements StoredObject {}
}
