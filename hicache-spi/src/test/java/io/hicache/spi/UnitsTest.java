package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sizes, times, numbers, switches, paths and words, as users write them and as they are shown. */
class UnitsTest {
  private enum Sync {
    NEVER,
    PER_BATCH
  }

  @Test
  void bytes_withAUnit_areCounted() {
    Map<String, Long> sizes =
        Map.of(
            "0B",
            0L,
            "1B",
            1L,
            "8MiB",
            8L << 20,
            "8 MiB",
            8L << 20,
            "1.5GiB",
            3L << 29,
            "2TiB",
            2L << 40,
            "1PiB",
            1L << 50,
            "1kB",
            1000L,
            "1KB",
            1000L,
            "9223372036854775807B",
            Long.MAX_VALUE);
    sizes.forEach((text, bytes) -> assertEquals(bytes, Units.bytes(text), text));
    assertEquals(3_000_000L, Units.bytes("3MB"));
    assertEquals(1_500_000_000L, Units.bytes("1.5GB"));
    assertEquals(4_000_000_000_000L, Units.bytes("4TB"));
    assertEquals(64L << 10, Units.bytes("64KiB"));
  }

  @Test
  void bytes_withoutAUnitOrWithAnother_areRefused() {
    for (String text :
        List.of(
            "", "8", "MiB", "8mib", "8M", "8Mb", "-1B", "+1B", "1e3B", "0x10B", "8  MiB", " 8MiB",
            "8MiB ", "1,5MiB", ".5MiB", "1.MiB", "\u0663B", "8MiB\n", "8ms")) {
      assertRefused(() -> Units.bytes(text), "a size with its unit", "KiB, MiB");
    }
  }

  @Test
  void bytes_thatAreNoWholeNumberOrTooMany_areRefused() {
    for (String text : List.of("0.5B", "0.0001KiB", "8192PiB", "9223372036854775808B")) {
      assertRefused(() -> Units.bytes(text), "whole number", "below 2^63");
    }
  }

  @Test
  void time_withAUnit_isCounted() {
    Map<String, Duration> times =
        Map.of(
            "1ns", Duration.ofNanos(1),
            "1us", Duration.ofNanos(1000),
            "1µs", Duration.ofNanos(1000),
            "250ms", Duration.ofMillis(250),
            "0.5s", Duration.ofMillis(500),
            "2min", Duration.ofMinutes(2),
            "3h", Duration.ofHours(3),
            "4d", Duration.ofDays(4),
            "0s", Duration.ZERO);
    times.forEach((text, time) -> assertEquals(time, Units.time(text), text));
  }

  @Test
  void time_withoutAUnitOrWithAnother_isRefused() {
    for (String text : List.of("", "250", "250m", "1S", "-1s", "1 week", "PT1S", "s")) {
      assertRefused(() -> Units.time(text), "a time with its unit", "ms, s, min");
    }
    assertRefused(() -> Units.time("0.1ns"), "whole number");
    assertRefused(() -> Units.time("200000d"), "below 2^63");
  }

  @Test
  void number_ofOtherText_isRefused() {
    assertEquals(-7, Units.number("-7"));
    for (String text : List.of("", "1.0", "1e3", "0x10", "ten", "9223372036854775808", " 1")) {
      assertRefused(() -> Units.number(text), "whole number");
    }
  }

  @Test
  void between_outsideTheRange_isRefused() {
    assertEquals(1, Units.between(1, 1, 3));
    assertEquals(3, Units.between(3, 1, 3));
    assertRefused(() -> Units.between(0, 1, 3), "1 to 3");
    assertRefused(() -> Units.between(4, 1, 3), "1 to 3");
  }

  @Test
  void flag_asPythonAndShellsWriteIt_isRead() {
    for (String text : List.of("true", "True", "1", "yes", "ON")) {
      assertTrue(Units.flag(text), text);
    }
    for (String text : List.of("false", "False", "0", "no", "OFF")) {
      assertFalse(Units.flag(text), text);
    }
    for (String text : List.of("", "2", "y", "truthy", " true")) {
      assertRefused(() -> Units.flag(text), "true or false");
    }
  }

  @Test
  void path_fromTheUsersHome_isFull() {
    String home = System.getProperty("user.home", "");
    assertEquals(Path.of(home), Units.path("~"));
    assertEquals(Path.of(home, "cache"), Units.path("~/cache"));
    assertEquals(Path.of("/a/~b"), Units.path("/a/~b"));
    assertEquals(Path.of("relative"), Units.path("relative"));
  }

  @Test
  void path_ofNothingOrWithNul_isRefused() {
    assertRefused(() -> Units.path(""), "must not be empty");
    assertRefused(() -> Units.path("a\u0000b"), "must be a path");
  }

  @Test
  void ofBytes_ofRoundSizes_isReadBackAsTheSame() {
    for (long bytes : new long[] {0, 1, 1000, 1023, 1024, 1536, 8L << 20, 3L << 40, 5L << 50}) {
      assertEquals(bytes, Units.bytes(Units.ofBytes(bytes)));
    }
    assertEquals("8MiB", Units.ofBytes(8L << 20));
    assertEquals("1000B", Units.ofBytes(1000));
    assertEquals("1536B", Units.ofBytes(1536));
    assertEquals("0B", Units.ofBytes(0));
  }

  @Test
  void ofTime_ofRoundTimes_isReadBackAsTheSame() {
    for (long nanos : new long[] {0, 1, 999, 1_000, 250_000_000, 60_000_000_000L, 1L << 60}) {
      assertEquals(Duration.ofNanos(nanos), Units.time(Units.ofTime(Duration.ofNanos(nanos))));
    }
    assertEquals("250ms", Units.ofTime(Duration.ofMillis(250)));
    assertEquals("90s", Units.ofTime(Duration.ofSeconds(90)));
    assertEquals("1d", Units.ofTime(Duration.ofHours(24)));
  }

  @Test
  void option_ofEachType_refusesWhatIsOutOfItsRange() {
    Option<Long> size = Option.size("s", 1 << 10, 1 << 20);
    assertEquals(2048, size.parser().apply("2KiB"));
    assertRefused(() -> size.parser().apply("1B"), "must be 1KiB to 1MiB");
    assertRefused(() -> size.parser().apply("2MiB"), "must be 1KiB to 1MiB");
    Option<Integer> number = Option.number("n", -1, Integer.MAX_VALUE);
    assertEquals(-1, number.parser().apply("-1"));
    assertRefused(() -> number.parser().apply("2147483648"), "must be -1 to 2147483647");
    Option<Duration> time = Option.duration("t", Duration.ofMillis(1), Duration.ofSeconds(1));
    assertEquals("time, 1ms to 1s", time.form());
    assertRefused(() -> time.parser().apply("2s"), "must be 1ms to 1s");
    assertRefused(() -> time.parser().apply("0ms"), "must be 1ms to 1s");
  }

  @Test
  void option_ofWords_takesThemInKebabCaseOnly() {
    Option<Sync> sync = Option.choice("sync", Sync.class);
    assertEquals("never | per-batch", sync.form());
    assertEquals(Sync.PER_BATCH, sync.parser().apply("per-batch"));
    assertRefused(() -> sync.parser().apply("PER_BATCH"), "must be one of never | per-batch");
  }

  @Test
  void option_withEachField_changesThatOneAndACopy() {
    Option<String> plain = Option.text("a");
    Option<String> full =
        plain
            .withDefault("d")
            .withPurpose("p")
            .withAlias("b")
            .withAlias("c", text -> "c" + text)
            .withVariable("V")
            .withVariable("W", text -> "w" + text)
            .asSecret();
    assertEquals("d", full.fallback().orElseThrow());
    assertEquals("p", full.purpose());
    assertEquals(List.of("b", "c"), full.aliases().stream().map(Option.Alias::name).toList());
    assertEquals(List.of("V", "W"), full.variables().stream().map(Option.Alias::name).toList());
    assertEquals("cx", full.aliases().get(1).parser().apply("x"));
    assertEquals("wx", full.variables().get(1).parser().apply("x"));
    assertTrue(full.secret());
    assertEquals(List.of(), plain.aliases());
    assertThrows(UnsupportedOperationException.class, () -> full.aliases().clear());
  }

  @Test
  void quoted_ofLongOrUnprintableText_fitsALine() {
    assertEquals("\"plain\"", Quoted.of("plain"));
    assertEquals("\"a\\u000ab\\u00fc\"", Quoted.of("a\nb\u00fc"));
    assertEquals("\"" + "x".repeat(80) + "\"", Quoted.of("x".repeat(80)));
    assertEquals("\"" + "x".repeat(80) + "\"… (81 characters)", Quoted.of("x".repeat(81)));
  }
}
