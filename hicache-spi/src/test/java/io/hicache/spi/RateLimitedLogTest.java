package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A warning that does not fill a disk. */
class RateLimitedLogTest {

  /** Keeps its lines. */
  private static final class Lines implements System.Logger {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Throwable> causes = new CopyOnWriteArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String line,
        @Nullable Throwable cause) {
      lines.add(level + " " + line);
      if (cause != null) {
        causes.add(cause);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String line,
        @Nullable Object... arguments) {
      lines.add(level + " " + line);
    }
  }

  private final Lines lines = new Lines();

  @Test
  void warn_theFirstTime_logsAtOnceWithItsCause() {
    IllegalStateException cause = new IllegalStateException("why");
    new RateLimitedLog(lines, Duration.ofHours(1)).warn("what {0}", cause);
    assertEquals(List.of("WARNING what {0}"), lines.lines);
    assertSame(cause, lines.causes.get(0));
  }

  @Test
  void warn_againSoon_isHeldBack() {
    RateLimitedLog log = new RateLimitedLog(lines, Duration.ofHours(1));
    for (int i = 0; i < 1000; i++) {
      log.warn("line " + i, null);
    }
    assertEquals(List.of("WARNING line 0"), lines.lines);
  }

  @Test
  void warn_afterTheInterval_saysHowManyWereHeldBack() {
    Duration interval = Duration.ofMillis(20);
    RateLimitedLog log = new RateLimitedLog(lines, interval);
    long start = System.nanoTime();
    int said = 0;
    while (lines.lines.size() < 2) {
      log.warn("line", null);
      said++;
    }
    assertTrue(System.nanoTime() - start >= interval.toNanos(), "it came too early");
    assertEquals("WARNING line (and " + (said - 2) + " more like it)", lines.lines.get(1));
  }

  @Test
  void warn_fromManyThreadsAtOnce_logsOnce() {
    RateLimitedLog log = new RateLimitedLog(lines, Duration.ofHours(1));
    IntStream.range(0, 8)
        .mapToObj(i -> Background.run(() -> log.warn("line", null)))
        .toList()
        .forEach(Background::result);
    assertEquals(1, lines.lines.size());
  }
}
