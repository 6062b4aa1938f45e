package io.hicache.spi;

import io.hicache.DevicePart;
import io.hicache.HostPart;
import io.hicache.Operation;
import io.hicache.Page;
import io.hicache.Part;
import io.hicache.Region;
import java.time.Duration;
import java.util.List;

/** One call between its entry and its exit: who makes it, since when, and on which memory. */
final class CallInFlight implements Comparable<CallInFlight> {
  private final Operation operation;
  private final List<Page> pages;
  private final Thread thread;
  private final long startNanos = System.nanoTime();
  private boolean interrupted;

  CallInFlight(Operation operation, List<Page> pages, Thread thread) {
    this.operation = operation;
    this.pages = pages;
    this.thread = thread;
  }

  Operation operation() {
    return operation;
  }

  Thread thread() {
    return thread;
  }

  long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  /**
   * Clears the thread's interrupt flag, so that only an interrupt during the call is seen in it.
   */
  void keepInterrupt() {
    interrupted |= Thread.interrupted();
  }

  /** Sets the thread's interrupt flag again if it was set on entry. */
  void restoreInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells whether a page of the call has a byte in the region. */
  boolean uses(Region region) {
    for (Page page : pages) {
      for (Part part : page.parts()) {
        if (overlaps(part, region)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean overlaps(Part part, Region region) {
    return switch (part) {
      case HostPart host ->
          region instanceof Region.Host && overlaps(host.segment().address(), host.bytes(), region);
      case DevicePart device ->
          region instanceof Region.Device other
              && other.ordinal() == device.ordinal()
              && overlaps(device.address(), device.bytes(), region);
    };
  }

  private static boolean overlaps(long address, long bytes, Region region) {
    return Long.compareUnsigned(address, region.address() + region.bytes()) < 0
        && Long.compareUnsigned(region.address(), address + bytes) < 0;
  }

  /** The longest in flight first; by the start, which stays, not by the time since, which grows. */
  @Override
  public int compareTo(CallInFlight other) {
    return Long.compare(startNanos - other.startNanos, 0);
  }

  @Override
  public String toString() {
    return "%s of %d pages on thread %s for %s"
        .formatted(
            operation,
            pages.size(),
            thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName(),
            Duration.ofNanos(elapsedNanos()));
  }
}
