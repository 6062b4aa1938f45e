package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.LatencyHistogram;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.StorageStats;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls, outcomes, bytes and latencies. Thread-safe, and never blocks. */
final class CallMeter {
  private static final Outcome[] OUTCOMES = Outcome.values();

  /** The counters of one kind of call. */
  private static final class Counters {
    private final LongAdder calls = new LongAdder();
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final AtomicLongArray buckets = new AtomicLongArray(LatencyHistogram.BUCKETS);
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

    Counters() {
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(outcome, new LongAdder());
      }
    }

    void add(BatchResult result, long nanos) {
      calls.increment();
      for (Outcome outcome : OUTCOMES) {
        int positions = result.count(outcome);
        LongAdder counter = outcomes.get(outcome);
        if (positions > 0 && counter != null) {
          counter.add(positions);
        }
      }
      buckets.incrementAndGet(LatencyHistogram.bucketOf(nanos));
      totalNanos.add(nanos);
      maxNanos.accumulate(nanos);
    }

    StorageStats.Counts snapshot() {
      Map<Outcome, Long> named = new EnumMap<>(Outcome.class);
      outcomes.forEach((outcome, positions) -> {
        if (positions.sum() > 0) {
          named.put(outcome, positions.sum());
        }
      });
      long[] counts = new long[LatencyHistogram.BUCKETS];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = buckets.get(i);
      }
      return new StorageStats.Counts(
          calls.sum(), named, new LatencyHistogram(counts, totalNanos.sum(), maxNanos.get()));
    }
  }

  private final Map<Operation, Counters> counters = new EnumMap<>(Operation.class);
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  CallMeter() {
    for (Operation operation : Operation.values()) {
      counters.put(operation, new Counters());
    }
  }

  /** Counts a call that ended. */
  void add(Operation operation, BatchResult result, long bytes, long nanos) {
    Counters ofKind = counters.get(operation);
    if (ofKind != null) {
      ofKind.add(result, nanos);
    }
    if (operation == Operation.GET) {
      bytesRead.add(bytes);
    } else if (operation == Operation.SET) {
      bytesWritten.add(bytes);
    }
  }

  /** Returns the counts as they are now. */
  StorageStats snapshot() {
    Map<Operation, StorageStats.Counts> named = new EnumMap<>(Operation.class);
    counters.forEach((operation, ofKind) -> {
      if (ofKind.calls.sum() > 0) {
        named.put(operation, ofKind.snapshot());
      }
    });
    return new StorageStats(named, bytesRead.sum(), bytesWritten.sum());
  }
}
