package io.hicache;

import java.util.Map;

/**
 * What this process has asked of a store since it was opened, and how it ended. A snapshot: taking
 * one is O(1) and never blocks.
 *
 * @param operations the counts of each kind of call that was made
 * @param bytesRead bytes of pages read that ended {@link Outcome#DONE}
 * @param bytesWritten bytes of pages written that ended {@link Outcome#DONE}
 */
public record StorageStats(Map<Operation, Counts> operations, long bytesRead, long bytesWritten) {

  /** Copies the map. */
  public StorageStats {
    operations = Map.copyOf(operations);
  }

  /**
   * Returns the counts of one kind of call; all zero if none was made.
   *
   * @param operation which kind
   */
  public Counts of(Operation operation) {
    return operations.getOrDefault(operation, Counts.NONE);
  }

  /**
   * Counts of one kind of call.
   *
   * @param calls how many calls ended
   * @param outcomes how many positions ended each way; ways that never happened are left out
   * @param latency how long the calls took
   */
  public record Counts(long calls, Map<Outcome, Long> outcomes, LatencyHistogram latency) {
    /** No call at all. */
    public static final Counts NONE =
        new Counts(0, Map.of(), new LatencyHistogram(new long[LatencyHistogram.BUCKETS], 0, 0));

    /** Copies the map. */
    public Counts {
      outcomes = Map.copyOf(outcomes);
    }

    /**
     * Returns how many positions ended one way.
     *
     * @param outcome which way
     */
    public long of(Outcome outcome) {
      return outcomes.getOrDefault(outcome, 0L);
    }

    /** Returns how many positions ended in any way. */
    public long positions() {
      return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
