package io.hicache.spi;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads sizes, times, numbers and paths as users write them. Every method throws {@link
 * IllegalArgumentException} whose message is the rule, to stand behind the option and its value.
 */
public final class Units {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-zµ]*)");
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();
  private static final Map<String, Long> NANOS = new LinkedHashMap<>();

  static {
    BYTES.put("B", 1L);
    BYTES.put("KiB", 1L << 10);
    BYTES.put("MiB", 1L << 20);
    BYTES.put("GiB", 1L << 30);
    BYTES.put("TiB", 1L << 40);
    BYTES.put("PiB", 1L << 50);
    BYTES.put("kB", 1_000L);
    BYTES.put("KB", 1_000L);
    BYTES.put("MB", 1_000_000L);
    BYTES.put("GB", 1_000_000_000L);
    BYTES.put("TB", 1_000_000_000_000L);
    NANOS.put("ns", 1L);
    NANOS.put("us", 1_000L);
    NANOS.put("µs", 1_000L);
    NANOS.put("ms", 1_000_000L);
    NANOS.put("s", 1_000_000_000L);
    NANOS.put("min", 60_000_000_000L);
    NANOS.put("h", 3_600_000_000_000L);
    NANOS.put("d", 86_400_000_000_000L);
  }

  private Units() {}

  /**
   * Reads a size, as in {@code 8MiB}; KiB and its like are powers of 1,024, kB and its like of
   * 1,000.
   *
   * @param text the size with its unit
   * @return bytes
   */
  public static long bytes(String text) {
    return amount(text, BYTES, "a size with its unit, as in 8MiB");
  }

  /**
   * Reads a length of time, as in {@code 250ms}.
   *
   * @param text the time with its unit: ns, us, ms, s, min, h or d
   */
  public static Duration time(String text) {
    return Duration.ofNanos(amount(text, NANOS, "a time with its unit, as in 250ms"));
  }

  /**
   * Reads a whole number.
   *
   * @param text its digits
   */
  public static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  /**
   * Reads a switch: true, false, or what Python and shells write for them.
   *
   * @param text true, false, 1, 0, yes, no, on or off, in any case
   */
  public static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /**
   * Reads a path; {@code ~} at its beginning is the user's home.
   *
   * @param text the path
   */
  public static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    String home = System.getProperty("user.home", "");
    String full = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    try {
      return Path.of(full);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a path: " + e.getReason(), e);
    }
  }

  /**
   * Returns a value if it is in range.
   *
   * @param value the value
   * @param min the least
   * @param max the most
   */
  public static Long between(long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("must be %d to %d".formatted(min, max));
    }
    return value;
  }

  /**
   * Shows a size in the largest binary unit that divides it.
   *
   * @param bytes the size
   */
  public static String ofBytes(long bytes) {
    String best = "B";
    for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
      if (unit.getKey().length() != 2 && bytes != 0 && bytes % unit.getValue() == 0) {
        best = unit.getKey();
      }
    }
    return bytes / unitOf(BYTES, best) + best;
  }

  /**
   * Shows a time in the largest unit that divides it.
   *
   * @param time the time; at most 292 years
   */
  public static String ofTime(Duration time) {
    long nanos = time.toNanos();
    String best = "ns";
    for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
      if (!unit.getKey().equals("µs") && nanos != 0 && nanos % unit.getValue() == 0) {
        best = unit.getKey();
      }
    }
    return nanos / unitOf(NANOS, best) + best;
  }

  private static long amount(String text, Map<String, Long> units, String what) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException(
          "must be %s; units are %s".formatted(what, String.join(", ", units.keySet())));
    }
    try {
      return new BigDecimal(matcher.group(1))
          .multiply(BigDecimal.valueOf(unitOf(units, matcher.group(2))))
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "must be a whole number of the smallest unit, below 2^63", e);
    }
  }

  private static long unitOf(Map<String, Long> units, String name) {
    Long factor = units.get(name);
    if (factor == null) {
      throw new IllegalArgumentException("unit " + Quoted.of(name) + ": unknown");
    }
    return factor;
  }
}
