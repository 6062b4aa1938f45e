package io.hicache.resp;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import io.hicache.spi.Deadline;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call's turn on a connection, for all of its positions or a share of them: whether it may
 * begin more, and what was under way when the connection broke.
 */
final class Turn {
  private final String what;
  private final RespConfig config;
  private final Deadline deadline;
  private final Tally tally;
  private final int from;
  private final int end;
  private volatile boolean stopped;
  private boolean late;
  private int[] lost = {};
  private final BitSet sent = new BitSet();
  private @Nullable BitSet redo;

  /**
   * Makes the one turn of a call.
   *
   * @param what what is done, for messages: {@code read of}
   */
  Turn(String what, RespConfig config, Deadline deadline, Tally tally) {
    this(what, config, deadline, tally, 0, tally.size());
  }

  private Turn(String what, RespConfig config, Deadline deadline, Tally tally, int from, int end) {
    this.what = what;
    this.config = config;
    this.deadline = deadline;
    this.tally = tally;
    this.from = from;
    this.end = end;
  }

  /** Cuts a turn into as many of consecutive positions, to take its place. */
  List<Turn> split(int shares) {
    return IntStream.range(0, shares)
        .mapToObj(
            i -> new Turn(what, config, deadline, tally, edge(i, shares), edge(i + 1, shares)))
        .toList();
  }

  private int edge(int share, int shares) {
    return from + (int) ((long) (end - from) * share / shares);
  }

  Deadline deadline() {
    return deadline;
  }

  /** Begins nothing more; any thread may say so. */
  void stop() {
    stopped = true;
  }

  /** Tells whether something more may begin. */
  boolean goOn() {
    if (!late && deadline.passed()) {
      late |= !stopped || redo != null;
      stopped = true;
    }
    return !stopped || (redo != null && !late);
  }

  /** Returns those of some positions that are this turn's, and may begin after an interrupt. */
  int[] open(int[] positions) {
    BitSet left = redo;
    if (left == null && from == 0 && end == tally.size()) {
      return positions;
    }
    return Arrays.stream(positions)
        .filter(i -> i >= from && i < end && (left == null || left.get(i)))
        .toArray();
  }

  /** Notes that a page's bytes are about to be sent. */
  void sends(int position) {
    sent.set(position);
  }

  /** Returns the positions whose bytes were being sent, unanswered, when an interrupt came. */
  BitSet cutShort() {
    BitSet both = redo == null ? new BitSet() : (BitSet) redo.clone();
    both.and(sent);
    return both;
  }

  /** Tells whether an interrupt came amid something that is to be done again. */
  boolean hasBegun() {
    return redo != null && !redo.isEmpty();
  }

  /** Begins nothing more, but for what was lost: that had begun, and is done again. */
  void interrupted() {
    BitSet begun = new BitSet();
    Arrays.stream(lost).forEach(begun::set);
    redo = begun;
    lost = new int[0];
    stopped = true;
  }

  void record(int position, Outcome outcome) {
    tally.record(position, outcome);
  }

  /** Records an error reply; one that says that the server is away ends the call. */
  void refused(int position, String key, String reply) {
    HiCacheException fault = RespFaults.ofReply(what + " " + key, config, reply);
    tally.fail(position, fault);
    if (fault.kind() == FaultKind.UNAVAILABLE) {
      stop();
    }
  }

  /** Notes the positions that were asked for and not answered when the connection broke. */
  void lost(int[] positions) {
    lost = positions.clone();
  }

  /** Notes further positions that had begun and are unanswered. */
  void alsoLost(int[] positions) {
    lost = IntStream.concat(Arrays.stream(lost), Arrays.stream(positions)).distinct().toArray();
  }

  /** Forgets what was lost: it is done again. */
  void again() {
    lost = new int[0];
  }

  /** Ends a turn whose connection broke. */
  void broken(HiCacheException fault) {
    Arrays.stream(lost).forEach(position -> tally.fail(position, fault));
    if (lost.length == 0) {
      tally.failFirstOpen(from, end, fault);
    }
  }

  /** Ends a turn whose connection is whole. */
  void ended() {
    if (late) {
      tooLate();
    }
  }

  /** Says that the deadline kept positions from beginning. */
  void tooLate() {
    tally.failFirstOpen(
        from,
        end,
        new HiCacheException(
            FaultKind.TIMEOUT,
            what + " " + tally.size() + " pages at " + config + ": the deadline passed first"));
  }

  /** Returns what became of the whole call. */
  BatchResult result() {
    return tally.result();
  }

  /** Returns what is done, for messages. */
  String what() {
    return what;
  }
}
