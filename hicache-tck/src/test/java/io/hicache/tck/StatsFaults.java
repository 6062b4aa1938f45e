package io.hicache.tck;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.LatencyHistogram;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageStats;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Storages that cannot count. */
final class StatsFaults {
  private StatsFaults() {}

  static List<Fault> ofTotals() {
    return List.of(
        Fault.before(
            "counts twice what it read",
            right ->
                new Forwarding(right) {
                  @Override
                  public StorageStats stats() {
                    StorageStats stats = super.stats();
                    return new StorageStats(
                        stats.operations(), 2 * stats.bytesRead(), stats.bytesWritten());
                  }
                },
            "stats_countOutcomesCallsAndBytes"),
        Fault.before(
            "has counted something before anything was asked",
            right ->
                new Forwarding(right) {
                  @Override
                  public StorageStats stats() {
                    StorageStats stats = super.stats();
                    return stats.operations().isEmpty()
                        ? new StorageStats(stats.operations(), 1, 0)
                        : stats;
                  }
                },
            "stats_ofANewStore_areZero"));
  }

  static List<Fault> ofOutcomes() {
    return List.of(
        Fault.before(
            "takes a failure for an absence",
            TakesFailuresForAbsence::new,
            "stats_tellAFailureFromAnAbsence"),
        Fault.before("counts refused calls", CountsRefused::new, "stats_ofRefusedCalls_stayZero"));
  }

  private static final class TakesFailuresForAbsence extends Forwarding {
    TakesFailuresForAbsence(HiCacheStorage right) {
      super(right);
    }

    @Override
    public StorageStats stats() {
      StorageStats stats = super.stats();
      StorageStats.Counts counts = stats.of(Operation.PRESENT);
      if (counts.of(Outcome.FAILED_TIMEOUT) == 0) {
        return stats;
      }
      Map<Operation, StorageStats.Counts> wrong = new EnumMap<>(Operation.class);
      wrong.putAll(stats.operations());
      LatencyHistogram latency = counts.latency();
      wrong.put(
          Operation.PRESENT,
          new StorageStats.Counts(
              counts.calls(), Map.of(Outcome.ABSENT, counts.positions()), latency));
      return new StorageStats(wrong, stats.bytesRead(), stats.bytesWritten());
    }
  }

  private static final class CountsRefused extends Forwarding {
    CountsRefused(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      try {
        return super.batchGet(targets, options);
      } catch (IllegalArgumentException e) {
        boolean _ = exists(new PageKey("asked-after-refusal"));
        throw e;
      }
    }
  }
}
