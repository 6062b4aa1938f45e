package io.hicache.resp;

import io.hicache.spi.Units;
import java.math.BigDecimal;
import java.time.Duration;

/** Values as Python's backends write them, in their units. */
final class PythonValues {
  private static final BigDecimal LEAST_SECONDS = new BigDecimal("0.001");
  private static final int MILLI_DIGITS = 3;

  private PythonValues() {}

  /** Reads a number of workers with a connection each; presence has one of its own here. */
  static int workers(String text) {
    return Math.max(
        2, Units.between(Units.number(text), 1, ServerOptions.MAX_CONNECTIONS).intValue());
  }

  /**
   * Reads a variable's port. Where a service has the server's name, Kubernetes sets this variable
   * to {@code tcp://10.0.0.1:6379}.
   */
  static int port(String text) {
    String number = text.startsWith("tcp://") ? text.substring(text.lastIndexOf(':') + 1) : text;
    return Units.between(Units.number(number), 1, ServerOptions.MAX_PORT).intValue();
  }

  /** Reads seconds as Python's options have them, with or without a fraction. */
  static Duration seconds(String text, Duration longest) {
    BigDecimal seconds;
    try {
      seconds = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number of seconds", e);
    }
    BigDecimal most = BigDecimal.valueOf(longest.toSeconds());
    if (seconds.compareTo(LEAST_SECONDS) < 0 || seconds.compareTo(most) > 0) {
      throw new IllegalArgumentException("must be %s to %s seconds".formatted(LEAST_SECONDS, most));
    }
    return Duration.ofMillis(seconds.movePointRight(MILLI_DIGITS).longValue());
  }
}
