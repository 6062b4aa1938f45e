package io.hicache.spi;

import io.hicache.Region;
import io.hicache.Registration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A backend's registration behind the gate: closed once, and only when no call uses its memory. */
final class GuardedRegistration implements Registration {
  private final String backend;
  private final Region region;
  private final Registration registration;
  private final CallGate gate;
  private final Consumer<GuardedRegistration> whenClosed;
  private final Lock closing = new ReentrantLock();
  private boolean closed;

  GuardedRegistration(
      String backend,
      Region region,
      Registration registration,
      CallGate gate,
      Consumer<GuardedRegistration> whenClosed) {
    this.backend = backend;
    this.region = region;
    this.registration = registration;
    this.gate = gate;
    this.whenClosed = whenClosed;
  }

  @Override
  public Region region() {
    return region;
  }

  @Override
  public void close() {
    if (gate.insideCall()) {
      throw new IllegalStateException(
          "registration of %d bytes: must not be closed from inside a call"
              .formatted(region.bytes()));
    }
    closeWhenUnused();
  }

  /** Closes without asking who calls: the storage's own way. */
  void closeWhenUnused() {
    closing.lock();
    try {
      if (!closed) {
        closed = true; // even if it fails: to give memory up twice is worse than not at all
        try {
          gate.release(region, () -> Interrupts.heldBack(registration::close));
        } finally {
          whenClosed.accept(this);
        }
      }
    } catch (RuntimeException e) {
      throw Faults.of(backend, "deregister", e);
    } finally {
      closing.unlock();
    }
  }
}
