package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.spi.BatchRecorder;
import java.util.BitSet;

/**
 * What became of each position of a call, and which are open still. Written by the threads at work
 * for the call; read by the caller's when they have ended.
 */
final class Tally {
  private final BatchRecorder recorder;
  private final BitSet known = new BitSet();
  private final int size;

  Tally(int size) {
    this.size = size;
    this.recorder = new BatchRecorder(size);
  }

  synchronized void record(int position, Outcome outcome) {
    known.set(position);
    recorder.record(position, outcome);
  }

  synchronized void fail(int position, HiCacheException fault) {
    known.set(position);
    recorder.fail(position, fault);
  }

  /**
   * Fails the first position of some that nobody has recorded; those behind it are skipped for it.
   *
   * @param from the first of them
   * @param end the first behind them
   */
  synchronized void failFirstOpen(int from, int end, HiCacheException fault) {
    int first = known.nextClearBit(from);
    if (first < end) {
      fail(first, fault);
    }
  }

  int size() {
    return size;
  }

  synchronized BatchResult result() {
    return recorder.result();
  }
}
