package io.hicache.spi;

import io.hicache.Operation;
import io.hicache.Page;
import io.hicache.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Knows which calls are in flight, lets no new one in once closed, and makes those who give memory
 * up wait for the calls that use it.
 *
 * <p>A call makes itself visible before it looks whether it may go on; whoever closes does it the
 * other way round. So one of the two always sees the other, and the common path takes no lock.
 */
final class CallGate {
  private final Set<CallInFlight> inFlight = ConcurrentHashMap.newKeySet();
  private final List<Region> releasing = new CopyOnWriteArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean closed;

  /**
   * Lets a call in, and takes the thread's interrupt flag into keeping until {@link #exit}.
   *
   * @throws IllegalStateException if the gate is closed, or if a call from inside another would
   *     have to wait for memory being given up, which may itself wait for that other
   */
  CallInFlight enter(Operation operation, List<Page> pages) {
    CallInFlight call = new CallInFlight(operation, pages, Thread.currentThread());
    while (true) {
      refuseIfClosed(call); // before it shows itself: callers who try on must not hold up a close
      inFlight.add(call);
      boolean free = free(call);
      if (free && !closed) {
        call.keepInterrupt();
        return call;
      }
      leave(call);
      refuseIfClosed(call);
      if (insideCall()) {
        throw new IllegalStateException(
            operation + ": must not be called from inside a call on memory being given up");
      }
      await(() -> closed || free(call), Optional.empty());
    }
  }

  /** Ends a call, and gives the thread back the interrupt it came with. */
  void exit(CallInFlight call) {
    leave(call);
    call.restoreInterrupt();
  }

  /** Tells whether the current thread is inside a call of this gate. */
  boolean insideCall() {
    long current = Thread.currentThread().threadId();
    return inFlight.stream().anyMatch(call -> call.thread().threadId() == current);
  }

  /** Lets no new call in. */
  void close() {
    closed = true;
    signal();
  }

  /**
   * Waits until no call is in flight.
   *
   * @return whether none is; false if the time was up first
   */
  boolean awaitIdle(Optional<Duration> timeout) {
    return await(this::idle, timeout);
  }

  /**
   * Tells whether no call is in flight. Looks for one: the set's own count is a sum of cells that
   * others change meanwhile, and may come to nothing while a call is in.
   */
  boolean idle() {
    return !inFlight.iterator().hasNext();
  }

  /** Tells whether a call in flight uses the region. */
  boolean inUse(Region region) {
    return inFlight.stream().anyMatch(call -> call.uses(region));
  }

  /** Waits for the calls that use the region, runs the action, and keeps new such calls out. */
  void release(Region region, Runnable action) {
    releasing.add(region);
    try {
      await(() -> !inUse(region), Optional.empty());
      action.run();
    } finally {
      releasing.remove(region);
      signal();
    }
  }

  /** Describes the calls in flight, the longest first; empty if there is none. */
  String describe() {
    return inFlight.stream()
        .sorted()
        .limit(3)
        .map(CallInFlight::toString)
        .collect(Collectors.joining(", "));
  }

  private boolean free(CallInFlight call) {
    return releasing.isEmpty() || releasing.stream().noneMatch(call::uses);
  }

  private void refuseIfClosed(CallInFlight call) {
    if (closed) {
      throw new IllegalStateException("storage is closed: " + call.operation() + " refused");
    }
  }

  private void leave(CallInFlight call) {
    inFlight.remove(call);
    signal();
  }

  private void signal() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for a condition, interrupts notwithstanding; tells whether it came true in time. */
  private boolean await(BooleanSupplier condition, Optional<Duration> timeout) {
    Deadline deadline = timeout.map(Deadline::in).orElse(Deadline.NONE);
    boolean interrupted = false;
    waiting.incrementAndGet();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (deadline.passed()) {
          return false;
        }
        try {
          changed.awaitNanos(deadline.remainingNanos());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
