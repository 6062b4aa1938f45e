package io.hicache.spi;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a backend writes down what became of each position of a batch. A position nobody recorded
 * is {@link Outcome#SKIPPED}.
 *
 * <p><b>Threads.</b> Any threads may record, each position at most once at a time; {@link #result}
 * is taken by a thread that has seen them all finish.
 */
public final class BatchRecorder {
  private final Outcome[] outcomes;
  private final Lock failureLock = new ReentrantLock();
  private int failedPosition = Integer.MAX_VALUE;
  private @Nullable HiCacheException firstFailure;

  /**
   * Makes a recorder.
   *
   * @param size how many positions the batch has
   */
  public BatchRecorder(int size) {
    outcomes = new Outcome[size];
    Arrays.fill(outcomes, Outcome.SKIPPED);
  }

  /**
   * Records how a position ended, other than by failing.
   *
   * @param position which
   * @param outcome how; a failure goes to {@link #fail}
   * @throws IllegalArgumentException if the outcome is a failure
   */
  public void record(int position, Outcome outcome) {
    if (outcome.failed()) {
      throw new IllegalArgumentException("outcome " + outcome + ": a failure needs its reason");
    }
    outcomes[position] = outcome;
  }

  /**
   * Records that a position failed.
   *
   * @param position which
   * @param failure why; the lowest position's is what the caller sees
   */
  public void fail(int position, HiCacheException failure) {
    outcomes[position] = failure.kind().outcome();
    failureLock.lock();
    try {
      if (position < failedPosition) {
        failedPosition = position;
        firstFailure = failure;
      }
    } finally {
      failureLock.unlock();
    }
  }

  /**
   * Records that the deadline passed before these positions were done: the first position that is
   * still {@link Outcome#SKIPPED} becomes {@link Outcome#FAILED_TIMEOUT}, so that the caller sees
   * why, and those after it stay as they are.
   *
   * @param what what the backend was doing, for the message
   */
  public void deadlinePassed(String what) {
    int first = Arrays.asList(outcomes).indexOf(Outcome.SKIPPED);
    if (first >= 0) {
      fail(
          first,
          new HiCacheException(FaultKind.TIMEOUT, what + ": the deadline passed before it began"));
    }
  }

  /** Returns the result; later recordings do not change it. */
  public BatchResult result() {
    return BatchResult.of(List.of(outcomes), firstFailure);
  }
}
