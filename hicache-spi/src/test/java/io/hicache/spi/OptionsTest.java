package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.StorageConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a backend's options come from, in which order, and what is refused. */
class OptionsTest {
  private static final Option<Integer> THREADS =
      Option.number("io-threads", 1, 64)
          .withDefault("4")
          .withAlias("num_workers")
          .withVariable("PY_WORKERS");
  private static final Option<Duration> TIMEOUT =
      Option.duration("timeout", Duration.ofMillis(1), Duration.ofMinutes(1))
          .withAlias("timeout_ms", text -> Duration.ofMillis(Units.number(text)))
          .withVariable("PY_TIMEOUT_S", text -> Duration.ofSeconds(Units.number(text)));
  private static final Option<String> TOKEN = Option.text("token").asSecret();
  private static final List<Option<?>> KNOWN = List.of(THREADS, TIMEOUT, TOKEN);

  private final Map<String, String> code = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  private Options read() {
    return read(KNOWN);
  }

  private Options read(List<Option<?>> known) {
    StorageConfig config =
        StorageConfig.of("m", "bfloat16", 1)
            .with(Environment.class, new Environment(properties, variables));
    for (Map.Entry<String, String> option : code.entrySet()) {
      config = config.withOption(option.getKey(), option.getValue());
    }
    return Options.read("two-part", config, known);
  }

  @Test
  void get_givenEverywhere_isFoundInTheOrderOfTheSources() {
    code.put("io-threads", "1");
    properties.put("hicache.two-part.io-threads", "2");
    variables.put("HICACHE_TWO_PART_IO_THREADS", "3");
    variables.put("PY_WORKERS", "5");
    assertEquals(1, read().get(THREADS));
    code.clear();
    assertEquals(2, read().get(THREADS));
    properties.clear();
    assertEquals(3, read().get(THREADS));
    variables.remove("HICACHE_TWO_PART_IO_THREADS");
    assertEquals(5, read().get(THREADS));
    variables.clear();
    assertEquals(4, read().get(THREADS));
  }

  @Test
  void compareNearness_ofOptionsFromSeveralPlaces_isByTheNearestPlaceOfEach() {
    variables.put("PY_WORKERS", "5");
    assertTrue(read().compareNearness(THREADS, TIMEOUT) < 0, "the other is given nowhere");
    variables.put("HICACHE_TWO_PART_TOKEN", "t");
    assertTrue(read().compareNearness(THREADS, TOKEN) > 0);
    assertEquals("variable PY_WORKERS", read().source(THREADS));
    properties.put("hicache.two-part.io-threads", "2");
    assertTrue(read().compareNearness(THREADS, TOKEN) < 0);
    code.put("io-threads", "1");
    code.put("token", "t");
    assertEquals(0, read().compareNearness(THREADS, TOKEN));
    assertEquals("option io-threads", read().source(THREADS));
  }

  @Test
  void get_writtenWithEitherDash_isTheSame() {
    for (String name : List.of("io-threads", "io_threads", "IO-Threads")) {
      code.put(name, "7");
      assertEquals(7, read().get(THREADS), name);
      code.clear();
      properties.put("hicache.two_part." + name, "8");
      assertEquals(8, read().get(THREADS), name);
      properties.clear();
    }
    for (String alias : List.of("num_workers", "num-workers")) {
      code.put(alias, "9");
      assertEquals(9, read().get(THREADS), alias);
      code.clear();
    }
  }

  @Test
  void find_ofWhatIsUnset_isEmpty() {
    assertEquals(Optional.empty(), read().find(TIMEOUT));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> read().get(TIMEOUT));
    assertSays(e, "timeout", "unset");
  }

  @Test
  void read_ofAnUnknownKey_isRefusedInEverySource() {
    code.put("io-treads", "1");
    assertRefused(this::read, "option io-treads", "unknown to backend two-part", "io-threads, t");
    code.clear();
    properties.put("hicache.two-part.io-treads", "1");
    assertRefused(this::read, "property hicache.two-part.io-treads", "unknown");
    properties.clear();
    variables.put("HICACHE_TWO_PART_IO_TREADS", "1");
    assertRefused(this::read, "variable HICACHE_TWO_PART_IO_TREADS", "unknown");
  }

  @Test
  void read_ofOthersKeys_leavesThemAlone() {
    properties.putAll(
        Map.of("hicache.other.dir", "x", "hicache.two-partner", "x", "java.version", "22"));
    variables.putAll(Map.of("HICACHE_OTHER_DIR", "x", "HICACHE_TWO", "x", "PATH", "/bin"));
    assertEquals(4, read().get(THREADS));
  }

  @Test
  void read_ofAPythonNameInOurPlaces_isRefused() {
    properties.put("hicache.two-part.num-workers", "3");
    assertRefused(this::read, "property hicache.two-part.num-workers", "unknown");
  }

  @Test
  void read_outOfRange_namesOptionValueSourceAndRule() {
    code.put("io-threads", "65");
    assertRefused(this::read, "option io-threads", "two-part", "\"65\"", "1 to 64");
    code.clear();
    properties.put("hicache.two-part.io-threads", "0");
    assertRefused(this::read, "property hicache.two-part.io-threads", "\"0\"", "1 to 64");
    properties.clear();
    variables.put("PY_WORKERS", "many");
    assertRefused(this::read, "variable PY_WORKERS", "\"many\"", "whole number");
  }

  @Test
  void read_ofATimeWithoutUnit_isRefusedButUnderAPythonName() {
    code.put("timeout", "250");
    assertRefused(this::read, "option timeout", "\"250\"", "with its unit", "ms");
    code.clear();
    code.put("timeout_ms", "250");
    assertEquals(Duration.ofMillis(250), read().get(TIMEOUT));
    code.clear();
    variables.put("PY_TIMEOUT_S", "3");
    assertEquals(Duration.ofSeconds(3), read().get(TIMEOUT));
    variables.clear();
    variables.put("HICACHE_TWO_PART_TIMEOUT", "3");
    assertRefused(this::read, "variable HICACHE_TWO_PART_TIMEOUT", "with its unit");
  }

  @Test
  void read_ofTwoNamesThatAgree_takesEither() {
    code.put("timeout", "250ms");
    code.put("timeout_ms", "250");
    assertEquals(Duration.ofMillis(250), read().get(TIMEOUT));
  }

  @Test
  void read_ofTwoNamesThatDiffer_isRefused() {
    code.put("timeout", "250ms");
    code.put("timeout_ms", "251");
    assertRefused(this::read, "option timeout", "option timeout_ms", "must not differ");
  }

  @Test
  void read_ofTwoSpellingsThatDiffer_isRefusedInEverySource() {
    code.put("io-threads", "1");
    code.put("io_threads", "2");
    assertRefused(this::read, "io", "threads", "must not differ");
    code.put("io_threads", "1");
    assertEquals(1, read().get(THREADS));
    code.clear();
    properties.put("hicache.two-part.io-threads", "1");
    properties.put("hicache.two-part.io_threads", "2");
    assertRefused(this::read, "property hicache.two-part.io", "must not differ");
    properties.put("hicache.two-part.io_threads", "1");
    assertEquals(1, read().get(THREADS));
  }

  @Test
  void read_ofABadSecret_showsItNowhere() {
    Option<Integer> pin = Option.of("pin", "4 digits", Integer::parseInt).asSecret();
    Option<String> broken =
        Option.<String>of(
                "pin",
                "4 digits",
                text -> {
                  throw new IllegalStateException("cannot read " + text);
                })
            .asSecret();
    for (Option<?> option : List.of(pin, broken, pin.withDefault("hunter2"))) {
      if (option.fallback().isEmpty()) {
        code.put("pin", "hunter2");
      } else {
        code.clear();
      }
      IllegalArgumentException e =
          assertRefused(() -> read(List.of(option)), "two-part", "secret", "4 digits");
      assertFalse(e.toString().contains("hunter2"), e.toString());
      assertNull(e.getCause());
    }
  }

  @Test
  void read_ofSecretsThatDiffer_showsThemNowhere() {
    Option<String> token = TOKEN.withAlias("api_token");
    code.put("token", "hunter2");
    code.put("api_token", "hunter3");
    IllegalArgumentException e = assertRefused(() -> read(List.of(token)), "token", "api_token");
    assertFalse(e.toString().contains("hunter"), e.toString());
    assertNull(e.getCause());
  }

  @Test
  void environment_ofTheProcess_isReadWhereNoneIsAttached() {
    String name = "hicache.processtest.io-threads";
    System.setProperty(name, "11");
    try {
      Options options =
          Options.read("processtest", StorageConfig.of("m", "d", 1), List.of(THREADS));
      assertEquals(11, options.get(THREADS));
    } finally {
      System.clearProperty(name);
    }
    assertFalse(Environment.ofProcess().toString().contains("PATH="));
  }

  @Test
  void commonOptions_unset_closeWithinAMinuteAndPinNothing() {
    Options options = read(CommonOptions.all());
    assertEquals(Duration.ofMinutes(1), options.get(CommonOptions.CLOSE_TIMEOUT));
    assertEquals(Optional.empty(), options.find(CommonOptions.NAMESPACE));
    code.put("close-timeout", "0ms");
    assertRefused(() -> read(CommonOptions.all()), "close-timeout", "1ms to 1d");
  }
}
