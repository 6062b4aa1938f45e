package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.function.Executable;

/** Threads that work for a test: whatever one of them throws fails the test, and so does a hang. */
final class Crew {
  /** How long a call may hang before the test says so; far more than any call takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Thread.Builder builder;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private Crew(Thread.Builder builder) {
    this.builder = builder;
  }

  static Crew ofPlatform() {
    return new Crew(Thread.ofPlatform().name("tck-", 0).daemon());
  }

  static Crew ofVirtual() {
    return new Crew(Thread.ofVirtual().name("tck-virtual-", 0));
  }

  /** Starts a thread; its failure is the test's. */
  Thread start(Executable work) {
    Thread thread =
        builder.start(() -> {
          try {
            work.execute();
          } catch (Throwable e) {
            failures.add(e);
          }
        });
    threads.add(thread);
    return thread;
  }

  /** Waits until all have ended. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      if (!thread.join(PATIENCE)) {
        fail(
            "%s still hangs after %s in:\n%s".formatted(thread.getName(), PATIENCE, where(thread)));
      }
    }
    Throwable first = failures.poll();
    if (first != null) {
      failures.forEach(first::addSuppressed);
      throw asUnchecked(first);
    }
  }

  /** Runs work on a thread of its own, so that a hang fails the test instead of the build. */
  static void run(Executable work) throws InterruptedException {
    Crew crew = ofPlatform();
    crew.start(work);
    crew.join();
  }

  private static String where(Thread thread) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      text.append("  at ").append(frame).append('\n');
    }
    return text.toString();
  }

  private static RuntimeException asUnchecked(Throwable failure) {
    return switch (failure) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      default -> new IllegalStateException("a thread of the test threw " + failure, failure);
    };
  }
}
