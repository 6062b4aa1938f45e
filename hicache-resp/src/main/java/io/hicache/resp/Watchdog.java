package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.spi.Deadline;
import io.hicache.spi.Units;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a wire when its call's deadline passes, or when the server moves no byte for too long. One
 * thread for all connections of a storage. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Watchdog(String name) {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name(name + "-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** One use of a wire, watched. Either it ends first, or it is cut; never both. */
  final class Watch implements Runnable {
    private enum State {
      WATCHING,
      ENDED,
      CUT
    }

    private final Wire wire;
    private final Deadline deadline;
    private final Duration silence;
    private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);
    private volatile @Nullable Future<?> next;

    private Watch(Wire wire, Deadline deadline, Duration silence) {
      this.wire = wire;
      this.deadline = deadline;
      this.silence = silence;
    }

    @Override
    public void run() {
      if (deadline.passed()) {
        cut("the deadline passed");
      } else if (wire.silentNanos() >= silence.toNanos()) {
        cut("the server moved no byte for " + Units.ofTime(silence));
      } else if (state.get() == State.WATCHING) {
        schedule();
      }
    }

    /**
     * Ends the watch.
     *
     * @return whether the wire is whole; false if it has been or is being cut
     */
    boolean end() {
      boolean whole = state.compareAndSet(State.WATCHING, State.ENDED);
      Future<?> scheduled = next;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
      return whole;
    }

    private void cut(String why) {
      if (state.compareAndSet(State.WATCHING, State.CUT)) {
        wire.cut(FaultKind.TIMEOUT, why);
      }
    }

    private void schedule() {
      long quiet = Math.max(0, silence.toNanos() - wire.silentNanos());
      next = timer.schedule(this, Math.min(quiet, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    }
  }

  /** Watches a wire from now on. */
  Watch watch(Wire wire, Deadline deadline, Duration silence) {
    wire.touch();
    Watch watch = new Watch(wire, deadline, silence);
    watch.schedule();
    return watch;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
