package io.hicache;

import java.time.Duration;

/**
 * Hears of every call on a store when it has ended, for tracing and metrics. Attached with {@code
 * config.with(StorageObserver.class, observer)}; nothing is allocated when nobody listens.
 *
 * <p><b>Threads.</b> Called on the thread that made the call, after memory is quiet; it must be
 * quick, and must not close the storage or a registration. An exception it throws is logged and
 * otherwise ignored.
 */
@FunctionalInterface
public interface StorageObserver {

  /**
   * A call ended.
   *
   * @param call what it was and how it ended
   */
  void ended(Call call);

  /**
   * One call.
   *
   * @param backend the backend's name
   * @param operation the kind of call
   * @param result one outcome per position; a call without positions has one for itself
   * @param bytes bytes of the pages that ended {@link Outcome#DONE}; 0 where no page moves
   * @param duration from the guard's check of the arguments to the end
   */
  record Call(
      String backend, Operation operation, BatchResult result, long bytes, Duration duration) {}
}
