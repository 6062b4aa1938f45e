package io.hicache.bench;

import com.sun.management.ThreadMXBean;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Every contestant of a cell, held open at once, and the rounds they run.
 *
 * <p><b>Lifetime.</b> Owns the contestants and the workload; {@link #close} closes all of them, in
 * reverse. <b>Threads.</b> For one thread.
 */
public final class Lineup implements AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Closeable workload;
  private final List<Seat> seats = new ArrayList<>();
  private final Random order = new Random();
  private final ProcessorClock processor = new ProcessorClock();
  private int turns;

  private Lineup(Closeable workload) {
    this.workload = workload;
  }

  /**
   * Opens every contestant.
   *
   * @param contestants who takes part
   * @param workload what they share; closed by the line-up, also when this fails
   * @throws IllegalStateException naming a contestant that is not available
   */
  public static <W extends Closeable> Lineup open(
      List<? extends Contestant<W>> contestants, W workload) throws IOException {
    Lineup lineup = new Lineup(workload);
    for (Contestant<W> contestant : contestants) {
      try {
        lineup.seats.add(new Seat(contestant.label(), contestant.open(workload)));
      } catch (IOException | RuntimeException | LinkageError e) {
        IllegalStateException failure = failure(contestant.label(), "is not available", e);
        try {
          lineup.close();
        } catch (IOException | RuntimeException second) {
          failure.addSuppressed(second);
        }
        throw failure;
      }
    }
    return lineup;
  }

  /** Runs each contestant once, in random order, and returns a sample of each. */
  public List<Sample> round() {
    Collections.shuffle(seats, order);
    List<Sample> samples = new ArrayList<>(seats.size());
    for (int position = 0; position < seats.size(); position++) {
      Seat seat = seats.get(position);
      try {
        samples.add(turn(seat, position));
      } catch (IOException | RuntimeException e) {
        throw failure(seat.label, "failed", e);
      }
    }
    return samples;
  }

  /** Closes everything, whatever of it fails to close. Closing twice does nothing. */
  @Override
  public void close() throws IOException {
    Deque<Closeable> open = new ArrayDeque<>(List.of(workload));
    seats.forEach(seat -> open.push(seat.entrant::close));
    seats.clear();
    workload = () -> {};
    closeAll(open);
  }

  private static void closeAll(Deque<Closeable> open) throws IOException {
    if (!open.isEmpty()) {
      try {
        open.pop().close();
      } finally {
        closeAll(open);
      }
    }
  }

  private Sample turn(Seat seat, int position) throws IOException {
    Entrant entrant = seat.entrant;
    entrant.prepare(turns++);
    boolean first = !seat.verified;
    if (first) {
      entrant.arm();
    }
    Sample sample = measured(seat, position);
    if (first) {
      entrant.verify();
      seat.verified = true;
    }
    entrant.tidy();
    return sample;
  }

  /** The dearer a reading is, the further outside it stands. */
  private Sample measured(Seat seat, int position) throws IOException {
    processor.start();
    long heap = THREADS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    Work work = seat.entrant.run();
    long end = System.nanoTime();
    heap = THREADS.getTotalThreadAllocatedBytes() - heap;
    long cpu = processor.nanos();
    if (work.done() == 0) {
      throw new IllegalStateException("none of " + work.pages() + " pages was done");
    }
    return new Sample(seat.label, position, end - start, cpu, heap, work);
  }

  private static IllegalStateException failure(String label, String what, Throwable cause) {
    return new IllegalStateException(
        "contestant %s %s: %s".formatted(label, what, cause.getMessage()), cause);
  }

  /** Where a contestant stands. */
  private static final class Seat {
    final String label;
    final Entrant entrant;
    boolean verified;

    Seat(String label, Entrant entrant) {
      this.label = label;
      this.entrant = entrant;
    }
  }
}
