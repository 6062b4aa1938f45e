package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.PageKey;
import org.junit.jupiter.api.function.Executable;

/** A caller's bug: refused in words that help, with the store as it was. */
final class Refusal {
  /** A page that is there before the bug, and must be afterwards. */
  static final PageKey PRESENT = new PageKey("present");

  /** A page that a refused call would have stored. */
  static final PageKey FRESH = new PageKey("fresh");

  private Refusal() {}

  /**
   * Asserts that a call is refused with {@link IllegalArgumentException}, by a message that has
   * every word, and that the store holds {@link #PRESENT} as before and no {@link #FRESH}.
   */
  static void ofArgument(StoreUnderTest tck, Executable call, String... words) {
    storePresent(tck);
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call);
    assertNames(refusal, words);
    assertUnchanged(tck);
  }

  /** Asserts that a call is refused because an argument is null. */
  static void ofNull(StoreUnderTest tck, Executable call) {
    storePresent(tck);
    assertThrows(NullPointerException.class, call);
    assertUnchanged(tck);
  }

  /** Asserts that a message names what it must. */
  static void assertNames(RuntimeException refusal, String... words) {
    String message = String.valueOf(refusal.getMessage());
    for (String word : words) {
      assertTrue(message.contains(word), () -> "must name " + word + ": " + message);
    }
  }

  private static void storePresent(StoreUnderTest tck) {
    if (!tck.store().exists(PRESENT)) {
      tck.put(PRESENT, 512);
    }
  }

  private static void assertUnchanged(StoreUnderTest tck) {
    tck.assertStored(PRESENT, 512);
    tck.assertAbsent(FRESH);
  }
}
