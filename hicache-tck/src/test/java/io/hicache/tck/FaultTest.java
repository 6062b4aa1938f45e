package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong storage fails the rules that it breaks, and no other. */
class FaultTest {

  @ParameterizedTest
  @MethodSource("faults")
  void kit_onAWrongStorage_failsItsRulesAndNoOther(Fault fault) {
    Map<String, String> failures = KitRun.failures(fault);
    assertEquals(fault.rules(), failures.keySet(), failures::toString);
  }

  @Test
  void kit_hasNoRule_thatCannotFail() {
    Set<String> unbroken = new TreeSet<>(KitRun.rules());
    faults().forEach(fault -> unbroken.removeAll(fault.rules()));
    BroadFaults.all().forEach(fault -> unbroken.removeAll(KitRun.failures(fault).keySet()));
    assertEquals(Set.of(), unbroken);
  }

  static Stream<Fault> faults() {
    return Stream.of(
            MemoryFaults.ofTargets(),
            MemoryFaults.ofSources(),
            KeyFaults.all(),
            OutcomeFaults.ofSets(),
            OutcomeFaults.ofGets(),
            PresenceFaults.ofPresence(),
            PresenceFaults.ofDeletes(),
            CallFaults.all(),
            LifecycleFaults.all(),
            RegistrationFaults.all(),
            StatsFaults.all(),
            InterruptFaults.all(),
            ThreadFaults.all(),
            DeadlineFaults.ofDeadlines(),
            DeadlineFaults.ofLateWrites(),
            StoreFaults.ofIntegrity(),
            StoreFaults.ofReopening(),
            NamespaceFaults.ofModels(),
            NamespaceFaults.ofRanks(),
            RecordFaults.ofLists(),
            RecordFaults.ofOpening())
        .flatMap(List::stream);
  }
}
