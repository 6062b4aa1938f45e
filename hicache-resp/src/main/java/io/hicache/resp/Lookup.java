package io.hicache.resp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks the server's name up, within a time: nothing can cut a system's lookup short, so it has a
 * thread of its own, and whoever has waited long enough leaves it. All who come while one is under
 * way wait for the same, so that a name server that is silent holds one thread. Thread-safe.
 */
final class Lookup {
  private final ReentrantLock lock = new ReentrantLock();
  private final String name;
  private final Supplier<SocketAddress> system;
  private @Nullable CompletableFuture<SocketAddress> underWay;

  /**
   * Makes a lookup.
   *
   * @param name of the thread
   * @param system looks it up, for however long that takes
   */
  Lookup(String name, Supplier<SocketAddress> system) {
    this.name = name;
    this.system = system;
  }

  /**
   * Returns the address; null if it took too long.
   *
   * @param nanos how long to wait at most
   */
  @Nullable SocketAddress within(long nanos) throws InterruptedException {
    try {
      return begun().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lookup ended with " + e.getCause(), e);
    }
  }

  private CompletableFuture<SocketAddress> begun() {
    lock.lock();
    try {
      CompletableFuture<SocketAddress> known = underWay;
      if (known != null && !known.isDone()) {
        return known;
      }
      CompletableFuture<SocketAddress> fresh = begin();
      underWay = fresh;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<SocketAddress> begin() {
    CompletableFuture<SocketAddress> fresh = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            fresh.complete(system.get());
          } catch (Throwable t) {
            fresh.completeExceptionally(t);
          }
        });
    return fresh;
  }
}
