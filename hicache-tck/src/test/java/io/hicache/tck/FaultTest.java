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
            onWhatIsMoved(),
            onWhatIsThere(),
            onCalls(),
            onWhatIsWaitedFor(),
            onWhoseItIs(),
            onSlots(),
            onPools(),
            onPrefixes())
        .flatMap(each -> each)
        .flatMap(List::stream);
  }

  private static Stream<List<Fault>> onWhatIsMoved() {
    return Stream.of(
        MemoryFaults.ofTargets(),
        MemoryFaults.ofSources(),
        OutcomeFaults.ofSets(),
        OutcomeFaults.ofGets(),
        OutcomeFaults.ofBatches(),
        ThreadFaults.all());
  }

  private static Stream<List<Fault>> onWhatIsThere() {
    return Stream.of(
        KeyFaults.all(),
        PresenceFaults.ofPresence(),
        PresenceFaults.ofLengths(),
        PresenceFaults.ofDeletes(),
        PresenceFaults.ofClears(),
        StoreFaults.ofIntegrity(),
        StoreFaults.ofFailingOnDamage(),
        StoreFaults.ofReopening());
  }

  private static Stream<List<Fault>> onCalls() {
    return Stream.of(
        CallFaults.ofArguments(),
        CallFaults.ofOptions(),
        LifecycleFaults.all(),
        RegistrationFaults.all(),
        StatsFaults.ofTotals(),
        StatsFaults.ofOutcomes());
  }

  private static Stream<List<Fault>> onWhatIsWaitedFor() {
    return Stream.of(
        InterruptFaults.all(), DeadlineFaults.ofDeadlines(), DeadlineFaults.ofLateWrites());
  }

  private static Stream<List<Fault>> onWhoseItIs() {
    return Stream.of(
        NamespaceFaults.ofModels(),
        NamespaceFaults.ofLatentAttention(),
        NamespaceFaults.ofRanks(),
        RecordFaults.ofLists(),
        RecordFaults.ofComparing(),
        RecordFaults.ofIdentities());
  }

  private static Stream<List<Fault>> onSlots() {
    return Stream.of(
        SlotFaults.ofPages(),
        SlotFaults.ofOptions(),
        SlotFaults.ofRanks(),
        BadSlotFaults.ofSlots(),
        BadSlotFaults.ofCounts(),
        BadSlotFaults.ofOrder(),
        BadSlotFaults.ofPools(),
        BadSlotFaults.ofTransfers());
  }

  private static Stream<List<Fault>> onPools() {
    return Stream.of(
        PoolFaults.ofWrites(),
        PoolFaults.ofSidePages(),
        PoolFaults.ofStates(),
        PoolFaults.ofReads(),
        PoolFaults.ofAnswers(),
        PoolFaults.ofOnePool(),
        LayoutFaults.ofLayouts(),
        LayoutFaults.ofRanks());
  }

  private static Stream<List<Fault>> onPrefixes() {
    return Stream.of(
        PrefixFaults.ofAnswers(),
        PrefixFaults.ofLongest(),
        PrefixFaults.ofQuestions(),
        PrefixFaults.ofWindows(),
        PrefixFaults.ofPlaceholders());
  }
}
