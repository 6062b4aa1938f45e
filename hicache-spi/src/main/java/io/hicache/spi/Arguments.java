package io.hicache.spi;

import java.util.List;
import java.util.Objects;

/** Arguments that may not be null, nor hold one. */
final class Arguments {
  private Arguments() {}

  /**
   * Returns an immutable copy, so that a caller who changes the list meanwhile changes nothing.
   *
   * @param argument the argument's name
   * @throws NullPointerException naming the argument, and the position of a null in it
   */
  static <T> List<T> copy(String argument, List<T> list) {
    Objects.requireNonNull(list, argument);
    try {
      return List.copyOf(list);
    } catch (NullPointerException e) {
      NullPointerException named =
          new NullPointerException(
              "%s[%d]: must not be null".formatted(argument, list.indexOf(null)));
      named.initCause(e);
      throw named;
    }
  }
}
