package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.spi.BatchRecorder;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What became of each position of a call, and which are open still. Written by the threads at work
 * for the call; read by the caller's when they have ended.
 */
final class Tally {
  private final ReentrantLock lock = new ReentrantLock();
  private final BatchRecorder recorder;
  private final BitSet known = new BitSet();
  private final int size;

  Tally(int size) {
    this.size = size;
    this.recorder = new BatchRecorder(size);
  }

  void record(int position, Outcome outcome) {
    lock.lock();
    try {
      known.set(position);
      recorder.record(position, outcome);
    } finally {
      lock.unlock();
    }
  }

  void fail(int position, HiCacheException fault) {
    lock.lock();
    try {
      known.set(position);
      recorder.fail(position, fault);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Fails the first position of some that nobody has recorded; those behind it are skipped for it.
   *
   * @param from the first of them
   * @param end the first behind them
   */
  void failFirstOpen(int from, int end, HiCacheException fault) {
    lock.lock();
    try {
      int first = known.nextClearBit(from);
      if (first < end) {
        fail(first, fault);
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    return size;
  }

  BatchResult result() {
    lock.lock();
    try {
      return recorder.result();
    } finally {
      lock.unlock();
    }
  }
}
