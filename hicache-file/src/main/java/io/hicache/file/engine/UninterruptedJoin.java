package io.hicache.file.engine;

/** Waiting for a thread to end, whatever interrupts: the flag is set again afterwards. */
final class UninterruptedJoin {
  private UninterruptedJoin() {}

  /** Waits until a thread has ended. */
  static void of(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
