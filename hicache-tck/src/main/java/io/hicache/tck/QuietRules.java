package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.PageKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Once a call has returned, however it ended, nothing writes to its memory any more. */
interface QuietRules extends Rules {
  /** How long memory is watched: there is no condition to wait for that says nothing will come. */
  Duration WATCHED = Duration.ofMillis(30);

  @Test
  default void memory_afterARead_isLeftAlone() {
    List<FencedPage> targets = storedTargets(64 << 10);
    watch(targets, () -> tck().store().batchGet(BatchRules.pages(targets)));
  }

  @Test
  default void memory_afterAMiss_isLeftAlone() {
    List<FencedPage> targets = tck().pages().targets(BatchRules.keys("gone", 16), 64 << 10);
    watch(targets, () -> tck().store().batchGet(BatchRules.pages(targets)));
  }

  @Test
  default void memory_afterAMismatch_isLeftAlone() {
    List<FencedPage> stored = storedTargets(64 << 10);
    List<PageKey> keys = stored.stream().map(FencedPage::key).toList();
    List<FencedPage> targets = tck().pages().targets(keys, (64 << 10) + 1);
    watch(targets, () -> tck().store().batchGet(BatchRules.pages(targets)));
  }

  @Test
  default void memory_afterADeadline_isLeftAlone() {
    List<FencedPage> targets = storedTargets(256 << 10);
    for (int micros : new int[] {0, 50, 500}) {
      CallOptions options = CallOptions.DEFAULT.withDeadline(Duration.ofNanos(micros * 1000L));
      watch(targets, () -> tck().store().batchGet(BatchRules.pages(targets), options));
    }
  }

  private List<FencedPage> storedTargets(int bytes) {
    List<PageKey> keys = BatchRules.keys("quiet", 16);
    tck().putAll(keys, bytes);
    return tck().pages().targets(keys, bytes);
  }

  /** Makes a call, takes its memory back at once, and watches it for a while. */
  private static void watch(List<FencedPage> targets, Supplier<BatchResult> call) {
    targets.forEach(FencedPage::release);
    assertEquals(targets.size(), call.get().size());
    targets.forEach(FencedPage::release);
    LockSupport.parkNanos(WATCHED.toNanos());
    targets.forEach(FencedPage::assertUntouched);
    targets.forEach(FencedPage::forget);
  }
}
