package io.hicache.bench;

/**
 * One turn of one contestant.
 *
 * @param contestant its label
 * @param position when in its round it ran, from 0
 * @param nanos how long it ran
 * @param cpuNanos the processor time of all threads meanwhile
 * @param heapBytes what all threads allocated on the heap meanwhile
 * @param work what it did
 */
public record Sample(
    String contestant, int position, long nanos, long cpuNanos, long heapBytes, Work work) {

  /** Returns the amount per nanosecond. */
  public double speed() {
    return work.amount() / (double) nanos;
  }

  /** Returns the nanoseconds of processor time per amount. */
  public double processor() {
    return cpuNanos / (double) work.amount();
  }

  /** Returns the heap bytes per page. */
  public double heapPerPage() {
    return heapBytes / (double) work.pages();
  }
}
