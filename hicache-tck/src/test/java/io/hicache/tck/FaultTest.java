package io.hicache.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong storage fails the rules that it breaks, and no other. */
class FaultTest {

  @ParameterizedTest
  @MethodSource("faults")
  void kit_onAWrongStorage_failsItsRulesAndNoOther(Fault fault) {
    Map<String, String> failures = KitRun.failures(fault);
    assertEquals(Set.of(fault.rules().split(" ")), failures.keySet(), failures::toString);
  }

  static Stream<Fault> faults() {
    return Stream.of(MemoryFault.values());
  }
}
