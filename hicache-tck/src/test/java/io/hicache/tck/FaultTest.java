package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  static Stream<Fault> faults() {
    return Stream.of(
            MemoryFaults.ofTargets(),
            MemoryFaults.ofSources(),
            KeyFaults.all(),
            OutcomeFaults.ofSets(),
            OutcomeFaults.ofGets(),
            PresenceFaults.ofPresence(),
            PresenceFaults.ofDeletes())
        .flatMap(List::stream);
  }
}
