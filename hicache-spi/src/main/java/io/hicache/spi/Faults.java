package io.hicache.spi;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backend's own exceptions must not end a caller's thread: they become faults of the store. */
final class Faults {
  private Faults() {}

  /**
   * Returns an exception of a backend as a fault.
   *
   * @param backend the backend's name
   * @param what what it was asked to do
   * @param e what it threw
   */
  static HiCacheException of(String backend, Object what, RuntimeException e) {
    return e instanceof HiCacheException fault
        ? fault
        : new HiCacheException(
            FaultKind.INTERNAL, "%s: backend %s threw %s".formatted(what, backend, e), e);
  }

  /**
   * Runs every step, whatever became of those before it: what is to be given up is given up once,
   * and the failure of one must not keep another.
   *
   * @return the first fault, with the others suppressed in it; null if there was none
   */
  static @Nullable HiCacheException ofAll(String backend, Object what, List<Runnable> steps) {
    HiCacheException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        HiCacheException fault = of(backend, what, e);
        if (first == null) {
          first = fault;
        } else if (first != fault) {
          first.addSuppressed(fault);
        }
      }
    }
    return first;
  }
}
