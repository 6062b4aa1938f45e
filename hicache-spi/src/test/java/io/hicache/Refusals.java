package io.hicache;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts on what an exception tells its reader. */
public final class Refusals {
  private Refusals() {}

  /** Asserts that the message holds every one of the parts. */
  public static void assertSays(Throwable e, String... parts) {
    String message = String.valueOf(e.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), "\"" + part + "\" is not in: " + message);
    }
  }

  /**
   * Asserts that a call is refused as the caller's bug, in words that hold every one of the parts.
   */
  public static IllegalArgumentException assertRefused(Executable call, String... parts) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertSays(e, parts);
    return e;
  }
}
