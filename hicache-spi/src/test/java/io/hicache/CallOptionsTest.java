package io.hicache;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a call asks for beyond its pages, what a store can do, and what it tells of itself. */
class CallOptionsTest {
  private static final PageKey KEY = new PageKey("k");

  @Test
  void callOptions_asDefault_askForNothing() {
    assertEquals(
        new CallOptions(
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Map.of()),
        CallOptions.DEFAULT);
  }

  @Test
  void callOptions_withEachField_changeThatOneAndACopy() {
    CallOptions all =
        CallOptions.DEFAULT
            .withPriority(Priority.PREFETCH)
            .withDeadline(Duration.ofMillis(3))
            .withOverwrite(true)
            .withTtl(Duration.ofHours(1))
            .withPrefix(List.of(KEY))
            .withExtra(Map.of("a", "b"));
    assertEquals(
        new CallOptions(
            Optional.of(Priority.PREFETCH),
            Optional.of(Duration.ofMillis(3)),
            true,
            Optional.of(Duration.ofHours(1)),
            Optional.of(List.of(KEY)),
            Map.of("a", "b")),
        all);
    assertFalse(CallOptions.DEFAULT.overwrite());
  }

  @Test
  void callOptions_withAnEmptyPrefix_sayThatTheFirstKeyIsTheRoot() {
    assertEquals(Optional.of(List.of()), CallOptions.DEFAULT.withPrefix(List.of()).prefix());
    assertEquals(Optional.empty(), CallOptions.DEFAULT.prefix());
  }

  @Test
  void callOptions_afterTheirListsWereChanged_areAsTheyWere() {
    List<PageKey> prefix = new ArrayList<>(List.of(KEY));
    Map<String, String> extra = new HashMap<>(Map.of("a", "b"));
    CallOptions options = CallOptions.DEFAULT.withPrefix(prefix).withExtra(extra);
    prefix.clear();
    extra.clear();
    assertEquals(Optional.of(List.of(KEY)), options.prefix());
    assertEquals(Map.of("a", "b"), options.extra());
  }

  @Test
  void callOptions_withATimeToLiveThatIsNone_areRefused() {
    assertRefused(() -> CallOptions.DEFAULT.withTtl(Duration.ZERO), "ttl PT0S", "positive");
    assertRefused(() -> CallOptions.DEFAULT.withTtl(Duration.ofMillis(-1)), "ttl PT-0.001S");
    assertEquals(
        Optional.of(Duration.ofNanos(1)), CallOptions.DEFAULT.withTtl(Duration.ofNanos(1)).ttl());
  }

  @Test
  void deadline_ofCallsWithoutOne_neverPasses() {
    assertFalse(Deadline.of(CallOptions.DEFAULT).passed());
    assertEquals(Long.MAX_VALUE, Deadline.NONE.remainingNanos());
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    assertEquals(Deadline.NONE, Deadline.of(CallOptions.DEFAULT.withDeadline(longest)));
  }

  @Test
  void deadline_ofNoTimeOrLess_hasPassed() {
    for (Duration wait :
        List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
      Deadline deadline = Deadline.of(CallOptions.DEFAULT.withDeadline(wait));
      assertTrue(deadline.passed(), wait.toString());
      assertEquals(0, deadline.remainingNanos());
    }
  }

  @Test
  void deadline_ahead_tellsWhatIsLeft() {
    for (Duration wait : List.of(Duration.ofHours(1), Duration.ofNanos(Long.MAX_VALUE / 2))) {
      Deadline deadline = Deadline.in(wait);
      assertFalse(deadline.passed());
      long left = deadline.remainingNanos();
      assertTrue(left > 0 && left <= wait.toNanos(), left + " of " + wait);
    }
  }

  @Test
  void capabilities_withACloseTimeoutThatIsNone_areRefused() {
    for (Duration wait : List.of(Duration.ZERO, Duration.ofSeconds(-3))) {
      assertRefused(() -> capabilities(Set.of(), wait), "close timeout " + wait, "positive");
    }
  }

  @Test
  void capabilities_ofSomeFeatures_haveThoseOnlyAndForGood() {
    Set<Feature> features = EnumSet.of(Feature.DELETES);
    Capabilities capabilities = capabilities(features, Duration.ofSeconds(1));
    features.add(Feature.CLEARS);
    assertTrue(capabilities.has(Feature.DELETES));
    assertFalse(capabilities.has(Feature.CLEARS));
    assertEquals(Set.of(CallOptions.Field.TTL), capabilities.ignored());
  }

  @Test
  void storageStats_ofWhatWasNeverAsked_areZero() {
    StorageStats stats = new StorageStats(Map.of(), 1, 2);
    assertEquals(0, stats.of(Operation.GET).calls());
    assertEquals(0, stats.of(Operation.GET).of(Outcome.DONE));
    assertEquals(0, stats.of(Operation.GET).positions());
    assertEquals(0, stats.of(Operation.GET).latency().count());
  }

  @Test
  void storageStats_ofPositions_addUp() {
    StorageStats.Counts counts =
        new StorageStats.Counts(
            2,
            new HashMap<>(Map.of(Outcome.DONE, 3L, Outcome.ABSENT, 4L)),
            StorageStats.Counts.NONE.latency());
    StorageStats stats = new StorageStats(Map.of(Operation.GET, counts), 1, 2);
    assertEquals(7, stats.of(Operation.GET).positions());
    assertEquals(4, stats.of(Operation.GET).of(Outcome.ABSENT));
    assertEquals(0, stats.of(Operation.GET).of(Outcome.KEPT));
    assertThrows(
        UnsupportedOperationException.class, () -> counts.outcomes().put(Outcome.DONE, 9L));
  }

  @Test
  void storeReport_afterItsDetailsWereChanged_isAsItWas() {
    Map<String, String> details = new HashMap<>(Map.of("a", "b"));
    StoreReport report =
        new StoreReport(
            "file", "ns", OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty(), details);
    details.clear();
    assertEquals(Map.of("a", "b"), report.details());
  }

  private static Capabilities capabilities(Set<Feature> features, Duration closeTimeout) {
    return new Capabilities(
        DeadlineMode.NONE, features, Set.of(CallOptions.Field.TTL), Optional.of(closeTimeout));
  }
}
