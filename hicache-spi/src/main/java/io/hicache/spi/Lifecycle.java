package io.hicache.spi;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Region;
import io.hicache.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Registers memory and closes a storage: first its door, then its registrations, then the backend,
 * each once. Where a call outlasts the close, the last call out finishes it.
 */
final class Lifecycle {
  private static final System.Logger LOG = System.getLogger("io.hicache");

  private final String name;
  private final HiCacheStorage backend;
  private final CallGate gate;
  private final Optional<Duration> closeTimeout;
  private final Set<GuardedRegistration> registrations = ConcurrentHashMap.newKeySet();
  private final Lock finishing = new ReentrantLock();
  private final List<PoolCalls> own = new CopyOnWriteArrayList<>();
  private boolean finished;
  private volatile boolean outlasted;

  Lifecycle(String name, HiCacheStorage backend, CallGate gate, Optional<Duration> closeTimeout) {
    this.name = name;
    this.backend = backend;
    this.gate = gate;
    this.closeTimeout = closeTimeout;
  }

  /** Registers memory with the backend; runs inside a call. */
  Registration register(Region region) {
    GuardedRegistration registration =
        new GuardedRegistration(
            name, region, backend.register(region), gate, registrations::remove);
    registrations.add(registration);
    return registration;
  }

  /** Has something of the guard's own closed just before the backend is. */
  void closeWithBackend(PoolCalls pools) {
    own.add(pools);
  }

  /** Closes as {@link HiCacheStorage#close} promises. */
  void close() {
    if (gate.insideCall()) {
      throw new IllegalStateException(
          "storage " + name + ": must not be closed from inside one of its calls");
    }
    gate.close();
    if (!gate.awaitIdle(closeTimeout)) {
      giveUpWaiting();
    }
    finish();
  }

  /**
   * Leaves the rest to the last call out. That call looks for {@code outlasted} after it has left,
   * and this looks for calls after it has set it: so one of the two goes on to finish, or both.
   */
  private void giveUpWaiting() {
    outlasted = true;
    String calls = gate.describe();
    HiCacheException fault = Faults.ofAll(name, "close", closing(unusedRegistrations()));
    if (!calls.isEmpty() && !gate.idle()) {
      HiCacheException timeout =
          new HiCacheException(
              FaultKind.TIMEOUT,
              "close of storage %s: still in flight after %s: %s; their memory must stay until they end"
                  .formatted(name, closeTimeout.orElseThrow(), calls));
      if (fault != null) {
        timeout.addSuppressed(fault);
      }
      throw timeout;
    }
  }

  /**
   * Finishes a close that a call has outlasted, when that call was the last; not for a call that
   * finds another at it, because a caller who is refused must not wait.
   */
  void callEnded() {
    if (outlasted && gate.idle() && finishing.tryLock()) {
      try {
        finish();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "closing storage " + name + " late failed: " + e, e);
      } finally {
        finishing.unlock();
      }
    }
  }

  private List<GuardedRegistration> unusedRegistrations() {
    return registrations.stream().filter(each -> !gate.inUse(each.region())).toList();
  }

  private void finish() {
    finishing.lock();
    try {
      if (finished) {
        return;
      }
      finished = true;
      List<Runnable> steps = new ArrayList<>(closing(List.copyOf(registrations)));
      own.forEach(each -> steps.add(each::close));
      steps.add(() -> Interrupts.heldBack(backend::close));
      HiCacheException fault = Faults.ofAll(name, "close", steps);
      if (fault != null) {
        throw fault;
      }
    } finally {
      finishing.unlock();
    }
  }

  private List<Runnable> closing(List<GuardedRegistration> some) {
    return some.stream().map(each -> (Runnable) each::closeWhenUnused).toList();
  }
}
