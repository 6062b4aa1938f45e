package io.hicache.file.engine;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.spi.BatchRecorder;
import io.hicache.spi.Deadline;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * One kind of call on many pages: names each page, does its step, and records how it ended. The one
 * place where what a step throws becomes an outcome. Thread-safe.
 *
 * @param what what is done, for messages: {@code read of}
 * @param names names a page
 * @param tree where the pages' files lie
 * @param pool who does it
 */
record NamedBatch(
    String what, Function<PageKey, List<PageName>> names, PageTree tree, IoPool pool) {

  /** What is done with one page. */
  @FunctionalInterface
  interface Step {
    /**
     * Does it.
     *
     * @param position which page of the call
     * @param names what its files are called
     * @param workspace the worker's own
     * @throws IOException if the file system failed
     */
    Outcome on(int position, List<PageName> names, Workspace workspace) throws IOException;
  }

  /** Does a step for each position, on the caller's thread and helpers. */
  BatchResult spread(int size, IntFunction<PageKey> keys, CallOptions options, Step step) {
    BatchRecorder recorder = new BatchRecorder(size);
    boolean late = pool.spread(size, Deadline.of(options), work(keys, recorder, step));
    return result(recorder, size, late);
  }

  /** As {@link #spread}, on the caller's thread alone: for steps too short to hand over. */
  BatchResult walk(int size, IntFunction<PageKey> keys, CallOptions options, Step step) {
    BatchRecorder recorder = new BatchRecorder(size);
    boolean late = pool.walk(size, Deadline.of(options), work(keys, recorder, step));
    return result(recorder, size, late);
  }

  private PageWork work(IntFunction<PageKey> keys, BatchRecorder recorder, Step step) {
    return (i, workspace) -> at(i, keys.apply(i), workspace, recorder, step);
  }

  private BatchResult result(BatchRecorder recorder, int size, boolean late) {
    if (late) {
      recorder.deadlinePassed(what + " " + size + " pages in " + tree.root());
    }
    return recorder.result();
  }

  /** Does one position; returns whether the batch may go on. */
  private boolean at(
      int position, PageKey key, Workspace workspace, BatchRecorder recorder, Step step)
      throws ClosedByInterruptException {
    HiCacheException fault;
    List<PageName> files = List.of();
    try {
      files = names.apply(key);
      recorder.record(position, step.on(position, files, workspace));
      return true;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      fault = FileFaults.of(what, tree.file(files.getFirst()), e);
    } catch (HiCacheException e) {
      fault = e;
    } catch (RuntimeException e) {
      fault =
          new HiCacheException(
              FaultKind.INTERNAL, "%s page %s in %s: %s".formatted(what, key, tree.root(), e), e);
    }
    recorder.fail(position, fault);
    return fault.kind() != FaultKind.UNAVAILABLE;
  }
}
