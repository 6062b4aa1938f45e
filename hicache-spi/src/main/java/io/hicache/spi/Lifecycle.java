package io.hicache.spi;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Region;
import io.hicache.Registration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Set<GuardedRegistration> registrations = ConcurrentHashMap.newKeySet();
  private final Lock finishing = new ReentrantLock();
  private boolean finished;
  private volatile boolean outlasted;

  Lifecycle(String name, HiCacheStorage backend, CallGate gate) {
    this.name = name;
    this.backend = backend;
    this.gate = gate;
  }

  /** Registers memory with the backend; runs inside a call. */
  Registration register(Region region) {
    GuardedRegistration registration =
        new GuardedRegistration(region, backend.register(region), gate, registrations::remove);
    registrations.add(registration);
    return registration;
  }

  /** Closes as {@link HiCacheStorage#close} promises. */
  void close() {
    if (gate.insideCall()) {
      throw new IllegalStateException(
          "storage " + name + ": must not be closed from inside one of its calls");
    }
    gate.close();
    if (!gate.awaitIdle(backend.capabilities().closeTimeout())) {
      outlasted = true;
      String calls = gate.describe();
      unusedRegistrations().forEach(GuardedRegistration::closeWhenUnused);
      if (!gate.idle()) {
        throw new HiCacheException(
            FaultKind.TIMEOUT,
            "close of storage %s: still in flight after %s: %s; their memory must stay until they end"
                .formatted(name, backend.capabilities().closeTimeout().orElseThrow(), calls));
      }
    }
    finish();
  }

  /** Finishes a close that a call has outlasted, when that call was the last. */
  void callEnded() {
    if (outlasted && gate.idle()) {
      try {
        finish();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "closing storage " + name + " late failed: " + e, e);
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
      try {
        List.copyOf(registrations).forEach(GuardedRegistration::closeWhenUnused);
      } finally {
        backend.close();
      }
    } finally {
      finishing.unlock();
    }
  }
}
