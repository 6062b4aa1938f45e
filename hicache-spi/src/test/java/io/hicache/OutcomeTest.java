package io.hicache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How positions end, and how a batch tells of them. */
class OutcomeTest {
  private final HiCacheException gone = new HiCacheException(FaultKind.UNAVAILABLE, "gone");

  @Test
  void outcome_ofEachKind_isSuccessOrFailureOrNeither() {
    Set<Outcome> successes = EnumSet.of(Outcome.DONE, Outcome.KEPT);
    for (Outcome outcome : Outcome.values()) {
      assertEquals(successes.contains(outcome), outcome.success(), outcome.name());
      assertEquals(outcome.name().startsWith("FAILED_"), outcome.failed(), outcome.name());
      assertEquals(outcome.failed(), outcome.fault().isPresent(), outcome.name());
    }
  }

  @Test
  void faultKind_thereAndBack_isTheSame() {
    for (FaultKind kind : FaultKind.values()) {
      assertEquals(Optional.of(kind), kind.outcome().fault());
      assertEquals(
          "FAILED(" + kind.name().toLowerCase(Locale.ROOT) + ")", kind.outcome().toString());
    }
    assertEquals("ABSENT", Outcome.ABSENT.toString());
  }

  @Test
  void batchResult_withAGap_countsTheRunUpToIt() {
    BatchResult result =
        BatchResult.of(List.of(Outcome.DONE, Outcome.KEPT, Outcome.ABSENT, Outcome.DONE), null);
    assertEquals(2, result.leadingDone());
    assertEquals(2, result.count(Outcome.DONE));
    assertEquals(4, result.size());
    assertFalse(result.allDone());
    assertEquals(Optional.empty(), result.firstFailure());
  }

  @Test
  void batchResult_ofNothing_isAllDone() {
    BatchResult none = BatchResult.of(List.of(), null);
    assertTrue(none.allDone());
    assertEquals(0, none.leadingDone());
    assertEquals("[]", none.toString());
    assertThrows(IndexOutOfBoundsException.class, () -> none.get(0));
    assertThrows(IndexOutOfBoundsException.class, () -> none.get(-1));
  }

  @Test
  void batchResult_allFailed_tellsTheReasonAtEveryPosition() {
    BatchResult failed = BatchResult.allFailed(3, gone);
    assertEquals(BatchResult.all(3, Outcome.FAILED_UNAVAILABLE), failed);
    assertSame(gone, failed.firstFailure().orElseThrow());
    assertEquals(0, failed.leadingDone());
  }

  @Test
  void batchResult_afterItsListWasChanged_isAsItWas() {
    List<Outcome> outcomes = new ArrayList<>(List.of(Outcome.DONE));
    BatchResult result = BatchResult.of(outcomes, null);
    outcomes.set(0, Outcome.ABSENT);
    assertEquals(List.of(Outcome.DONE), result.outcomes());
  }

  @Test
  @SuppressWarnings("NullAway") // what a backend without a checker of nulls may answer
  void batchResult_withAHole_isRefused() {
    assertThrows(
        NullPointerException.class, () -> BatchResult.of(Arrays.asList(Outcome.DONE, null), null));
    assertThrows(NullPointerException.class, () -> BatchResult.all(1, null));
  }

  @Test
  void batchResult_asText_foldsRuns() {
    assertEquals(
        "[DONE×3, ABSENT, FAILED(timeout)×2, DONE]",
        BatchResult.of(
                List.of(
                    Outcome.DONE,
                    Outcome.DONE,
                    Outcome.DONE,
                    Outcome.ABSENT,
                    Outcome.FAILED_TIMEOUT,
                    Outcome.FAILED_TIMEOUT,
                    Outcome.DONE),
                gone)
            .toString());
  }

  @Test
  void batchResult_toAnother_isEqualByItsOutcomes() {
    BatchResult one = BatchResult.of(List.of(Outcome.DONE, Outcome.FAILED_UNAVAILABLE), gone);
    BatchResult same = BatchResult.of(List.of(Outcome.DONE, Outcome.FAILED_UNAVAILABLE), null);
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, BatchResult.all(2, Outcome.DONE));
    assertNotEquals(one, BatchResult.all(1, Outcome.DONE));
  }

  @Test
  void hiCacheException_ofAKind_keepsItWithItsCause() {
    IllegalStateException cause = new IllegalStateException("socket");
    HiCacheException e = new HiCacheException(FaultKind.REFUSED, "too large", cause);
    assertEquals(FaultKind.REFUSED, e.kind());
    assertSame(cause, e.getCause());
    assertEquals("too large", e.getMessage());
  }
}
