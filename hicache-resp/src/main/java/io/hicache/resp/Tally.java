package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.spi.BatchRecorder;
import java.util.BitSet;

/**
 * What became of each position of a call, and which are open still. Written by the one thread at
 * work for the call; read by the caller's when that has ended.
 */
final class Tally {
  private final BatchRecorder recorder;
  private final BitSet known = new BitSet();
  private final int size;

  Tally(int size) {
    this.size = size;
    this.recorder = new BatchRecorder(size);
  }

  void record(int position, Outcome outcome) {
    known.set(position);
    recorder.record(position, outcome);
  }

  void fail(int position, HiCacheException fault) {
    known.set(position);
    recorder.fail(position, fault);
  }

  /** Fails the first position that nobody has recorded; those behind it are skipped for it. */
  void failFirstOpen(HiCacheException fault) {
    int first = known.nextClearBit(0);
    if (first < size) {
      fail(first, fault);
    }
  }

  int size() {
    return size;
  }

  BatchResult result() {
    return recorder.result();
  }
}
