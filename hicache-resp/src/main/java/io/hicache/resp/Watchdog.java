package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.spi.Deadline;
import io.hicache.spi.Units;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts a wire when its call's deadline passes, or when the server moves no byte for too long. One
 * thread for all connections of a storage. Thread-safe.
 *
 * <p>The thread looks at all that is watched as seldom as it may, and sleeps in between. It is
 * woken only for what is due before it would look by itself: a call without a deadline of its own
 * wakes nobody, and on a busy machine that is worth a page's time.
 */
final class Watchdog implements AutoCloseable {
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final long tickNanos;
  private final Thread thread;
  private volatile long looksAt;
  private volatile boolean closed;

  /**
   * Starts the thread.
   *
   * @param tick how often it looks by itself
   */
  Watchdog(String name, Duration tick) {
    tickNanos = tick.toNanos();
    looksAt = System.nanoTime();
    thread = Thread.ofPlatform().daemon().name(name + "-watchdog").start(this::guard);
  }

  /** One use of a wire, watched. Either it ends first, or it is cut; never both. */
  final class Watch {
    private enum State {
      WATCHING,
      ENDED,
      CUT
    }

    private final Wire wire;
    private final Deadline deadline;
    private final Duration silence;
    private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);

    private Watch(Wire wire, Deadline deadline, Duration silence) {
      this.wire = wire;
      this.deadline = deadline;
      this.silence = silence;
    }

    /** Returns in how many nanoseconds it is to be looked at. */
    private long dueIn() {
      long quiet = Math.max(0, silence.toNanos() - wire.silentNanos());
      return Math.min(quiet, deadline.remainingNanos());
    }

    private void look() {
      if (deadline.passed()) {
        cut("the deadline passed");
      } else if (wire.silentNanos() >= silence.toNanos()) {
        cut("the server moved no byte for " + Units.ofTime(silence));
      }
    }

    /**
     * Ends the watch.
     *
     * @return whether the wire is whole; false if it has been or is being cut
     */
    boolean end() {
      watches.remove(this);
      return state.compareAndSet(State.WATCHING, State.ENDED);
    }

    private void cut(String why) {
      if (state.compareAndSet(State.WATCHING, State.CUT)) {
        watches.remove(this);
        wire.cut(FaultKind.TIMEOUT, why);
      }
    }
  }

  /** Watches a wire from now on. */
  Watch watch(Wire wire, Deadline deadline, Duration silence) {
    wire.touch();
    Watch watch = new Watch(wire, deadline, silence);
    watches.add(watch);
    if (System.nanoTime() + watch.dueIn() - looksAt < 0) {
      LockSupport.unpark(thread);
    }
    return watch;
  }

  private void guard() {
    while (!closed) {
      // Who begins a watch from here on finds this far away, and wakes the thread that sleeps then.
      looksAt = System.nanoTime() + Long.MAX_VALUE / 2;
      long wait = tickNanos;
      for (Watch watch : watches) {
        watch.look();
        wait = Math.min(wait, watch.dueIn());
      }
      looksAt = System.nanoTime() + wait;
      LockSupport.parkNanos(this, wait);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
