package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.BatchResult;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a backend writes down what became of each position. */
class BatchRecorderTest {

  private static HiCacheException fault(FaultKind kind) {
    return new HiCacheException(kind, "it is " + kind);
  }

  @Test
  void result_ofWhatNobodyRecorded_isSkipped() {
    BatchRecorder recorder = new BatchRecorder(3);
    recorder.record(1, Outcome.ABSENT);
    assertEquals(
        List.of(Outcome.SKIPPED, Outcome.ABSENT, Outcome.SKIPPED), recorder.result().outcomes());
    assertEquals(Optional.empty(), recorder.result().firstFailure());
  }

  @Test
  void fail_atSeveralPositions_keepsTheReasonOfTheFirstPosition() {
    BatchRecorder recorder = new BatchRecorder(4);
    HiCacheException second = fault(FaultKind.TIMEOUT);
    recorder.fail(3, fault(FaultKind.REFUSED));
    recorder.fail(1, second);
    recorder.fail(2, fault(FaultKind.UNAVAILABLE));
    recorder.record(0, Outcome.DONE);
    assertEquals(
        List.of(
            Outcome.DONE,
            Outcome.FAILED_TIMEOUT,
            Outcome.FAILED_UNAVAILABLE,
            Outcome.FAILED_REFUSED),
        recorder.result().outcomes());
    assertSame(second, recorder.result().firstFailure().orElseThrow());
  }

  @Test
  void record_ofAFailure_isRefusedBecauseItNeedsItsReason() {
    assertRefused(
        () -> new BatchRecorder(1).record(0, Outcome.FAILED_TIMEOUT),
        "FAILED(timeout)",
        "needs its reason");
  }

  @Test
  void record_outsideTheBatch_isRefused() {
    BatchRecorder recorder = new BatchRecorder(1);
    assertThrows(IndexOutOfBoundsException.class, () -> recorder.record(1, Outcome.DONE));
    assertThrows(
        IndexOutOfBoundsException.class, () -> recorder.fail(-1, fault(FaultKind.TIMEOUT)));
  }

  @Test
  void deadlinePassed_withPositionsLeft_failsTheFirstOfThemOnly() {
    BatchRecorder recorder = new BatchRecorder(4);
    recorder.record(0, Outcome.DONE);
    recorder.record(2, Outcome.DONE);
    recorder.deadlinePassed("reading");
    assertEquals(
        List.of(Outcome.DONE, Outcome.FAILED_TIMEOUT, Outcome.DONE, Outcome.SKIPPED),
        recorder.result().outcomes());
    HiCacheException e = recorder.result().firstFailure().orElseThrow();
    assertEquals(FaultKind.TIMEOUT, e.kind());
    assertSays(e, "reading", "deadline");
  }

  @Test
  void deadlinePassed_withNothingLeft_changesNothing() {
    BatchRecorder recorder = new BatchRecorder(1);
    recorder.record(0, Outcome.DONE);
    recorder.deadlinePassed("reading");
    assertEquals(BatchResult.all(1, Outcome.DONE), recorder.result());
    assertEquals(Optional.empty(), recorder.result().firstFailure());
  }

  @Test
  void result_takenBefore_doesNotChange() {
    BatchRecorder recorder = new BatchRecorder(1);
    BatchResult before = recorder.result();
    recorder.fail(0, fault(FaultKind.INTERNAL));
    assertEquals(BatchResult.all(1, Outcome.SKIPPED), before);
  }

  @Test
  void fail_fromManyThreads_keepsTheReasonOfTheFirstPosition() {
    for (int round = 0; round < 50; round++) {
      BatchRecorder recorder = new BatchRecorder(8);
      List<HiCacheException> faults =
          IntStream.range(0, 8).mapToObj(i -> fault(FaultKind.INTERNAL)).toList();
      IntStream.range(0, 8)
          .mapToObj(i -> Background.run(() -> recorder.fail(i, faults.get(i))))
          .toList()
          .forEach(Background::result);
      assertSame(faults.get(0), recorder.result().firstFailure().orElseThrow());
      assertEquals(8, recorder.result().count(Outcome.FAILED_INTERNAL));
    }
  }
}
