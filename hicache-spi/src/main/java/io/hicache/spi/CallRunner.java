package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Operation;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.StorageConfig;
import io.hicache.StorageObserver;
import io.hicache.StorageStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one call on a backend: in through the gate, faults turned into values, counted, and out. */
final class CallRunner {
  private static final System.Logger LOG = System.getLogger("io.hicache");
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private static final BatchResult EMPTY = BatchResult.all(0, Outcome.DONE);

  private final String backend;
  private final CallGate gate;
  private final Lifecycle lifecycle;
  private final CallMeter meter = new CallMeter();
  private final @Nullable StorageObserver observer;
  private final RateLimitedLog faults = new RateLimitedLog(LOG, LOG_INTERVAL);
  private final RateLimitedLog observerFaults = new RateLimitedLog(LOG, LOG_INTERVAL);

  CallRunner(String backend, CallGate gate, Lifecycle lifecycle, StorageConfig config) {
    this.backend = backend;
    this.gate = gate;
    this.lifecycle = lifecycle;
    this.observer = config.attachment(StorageObserver.class).orElse(null);
  }

  StorageStats stats() {
    return meter.snapshot();
  }

  /** Runs a batch that moves pages. */
  BatchResult batch(Operation operation, List<Page> pages, Supplier<BatchResult> body) {
    return batch(operation, pages, pages.size(), body);
  }

  /** Runs a batch that moves none. */
  BatchResult batch(Operation operation, int size, Supplier<BatchResult> body) {
    return batch(operation, List.of(), size, body);
  }

  /** Runs a single form; a fault of the store is thrown after it was counted. */
  Outcome outcome(Operation operation, List<Page> pages, Supplier<Outcome> body) {
    BatchResult result = batch(operation, pages, 1, () -> BatchResult.all(1, body.get()));
    Optional<HiCacheException> fault = result.firstFailure();
    if (fault.isPresent()) {
      throw fault.get();
    }
    return result.get(0);
  }

  /** Runs a call that answers with something else than outcomes. */
  <T> T value(Operation operation, Supplier<T> body) {
    CallInFlight call = enter(operation, List.of());
    BatchResult result = BatchResult.all(1, Outcome.FAILED_INTERNAL);
    try {
      T value = body.get();
      result = BatchResult.all(1, Outcome.DONE);
      return value;
    } catch (RuntimeException e) {
      HiCacheException fault = Faults.of(backend, operation, e);
      result = BatchResult.allFailed(1, fault);
      throw fault;
    } finally {
      try {
        report(operation, result, 0, call.elapsedNanos());
      } finally {
        leave(call);
      }
    }
  }

  /** One of the batches that a call makes, counted by itself. */
  @FunctionalInterface
  interface Part {
    /** Runs a batch; without pages where it moves none. */
    BatchResult batch(List<Page> pages, int size, Supplier<BatchResult> body);
  }

  /** Runs several batches as one call: in through the gate once, and out when all are done. */
  <T> T together(Operation operation, List<Page> pages, Function<Part, T> body) {
    CallInFlight call = enter(operation, pages);
    try {
      return body.apply((own, size, step) -> counted(operation, own, size, step));
    } finally {
      leave(call);
    }
  }

  private BatchResult batch(
      Operation operation, List<Page> pages, int size, Supplier<BatchResult> body) {
    return together(operation, pages, part -> part.batch(pages, size, body));
  }

  private BatchResult counted(
      Operation operation, List<Page> pages, int size, Supplier<BatchResult> body) {
    long start = System.nanoTime();
    BatchResult result = null;
    try {
      result = size == 0 ? EMPTY : checked(operation, size, body.get());
    } catch (RuntimeException e) {
      result = BatchResult.allFailed(size, Faults.of(backend, operation, e));
    } finally {
      BatchResult known = result == null ? BatchResult.all(size, Outcome.FAILED_INTERNAL) : result;
      report(operation, known, bytesDone(pages, known), System.nanoTime() - start);
    }
    return result;
  }

  private CallInFlight enter(Operation operation, List<Page> pages) {
    try {
      return gate.enter(operation, pages);
    } catch (IllegalStateException refused) {
      lifecycle.callEnded(); // on its way out it may have kept another from being the last
      throw refused;
    }
  }

  /**
   * Holds a backend's answer to the shape of one: as many positions as asked, failures told why.
   */
  private BatchResult checked(Operation operation, int size, BatchResult result) {
    if (result.size() != size) {
      return BatchResult.allFailed(
          size,
          new HiCacheException(
              FaultKind.INTERNAL,
              "%s: backend %s answered %d positions of %d"
                  .formatted(operation, backend, result.size(), size)));
    }
    return result.firstFailure().isPresent() ? result : explained(operation, result);
  }

  private BatchResult explained(Operation operation, BatchResult result) {
    for (int i = 0; i < result.size(); i++) {
      Optional<FaultKind> kind = result.get(i).fault();
      if (kind.isPresent()) {
        String message = "%s: backend %s gave no reason".formatted(operation, backend);
        return BatchResult.of(result.outcomes(), new HiCacheException(kind.get(), message));
      }
    }
    return result;
  }

  private void leave(CallInFlight call) {
    gate.exit(call);
    lifecycle.callEnded();
  }

  private void report(Operation operation, BatchResult result, long bytes, long nanos) {
    meter.add(operation, result, bytes, nanos);
    result.firstFailure().ifPresent(this::warn);
    if (observer != null) {
      tell(observer, operation, result, bytes, nanos);
    }
  }

  private void warn(HiCacheException fault) {
    faults.warn(
        "backend %s: %s: %s".formatted(backend, fault.kind(), fault.getMessage()),
        fault.getCause());
  }

  private void tell(
      StorageObserver listener, Operation operation, BatchResult result, long bytes, long nanos) {
    try {
      listener.ended(
          new StorageObserver.Call(backend, operation, result, bytes, Duration.ofNanos(nanos)));
    } catch (RuntimeException e) {
      observerFaults.warn("the attached StorageObserver threw " + e, e);
    }
  }

  private static long bytesDone(List<Page> pages, BatchResult result) {
    long bytes = 0;
    for (int i = 0; i < pages.size(); i++) {
      bytes += result.get(i) == Outcome.DONE ? pages.get(i).bytes() : 0;
    }
    return bytes;
  }
}
