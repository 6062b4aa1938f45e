package io.hicache.spi;

/** Keeps a thread's interrupt from work that gives things up and must run to its end. */
final class Interrupts {
  private Interrupts() {}

  /**
   * Runs the work with the thread's interrupt flag clear, and sets the flag again if it was set.
   */
  static void heldBack(Runnable work) {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
