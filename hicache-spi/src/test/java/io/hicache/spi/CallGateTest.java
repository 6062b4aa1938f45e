package io.hicache.spi;

import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Operation;
import io.hicache.Page;
import io.hicache.Region;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which calls are in flight, and who waits for whom. */
class CallGateTest {
  private final CallGate gate = new CallGate();
  private final MemorySegment memory = Guarded.memory();
  private final List<Page> pages = List.of(Guarded.page("k", memory));

  @Test
  void enter_andExit_isInFlightBetween() {
    assertTrue(gate.idle());
    CallInFlight call = gate.enter(Operation.GET, pages);
    assertFalse(gate.idle());
    assertTrue(gate.insideCall());
    assertTrue(gate.inUse(Region.of(memory)));
    assertFalse(Background.start(gate::insideCall).result(), "another thread is not inside");
    gate.exit(call);
    assertTrue(gate.idle());
    assertFalse(gate.insideCall());
    assertFalse(gate.inUse(Region.of(memory)));
  }

  @Test
  void enter_fromInsideACall_countsBoth() {
    CallInFlight outer = gate.enter(Operation.GET, pages);
    CallInFlight inner = gate.enter(Operation.SET, List.of());
    gate.exit(inner);
    assertTrue(gate.insideCall());
    gate.exit(outer);
    assertTrue(gate.idle());
  }

  @Test
  void awaitIdle_withACallInFlight_givesUpInTime() {
    CallInFlight call = gate.enter(Operation.GET, pages);
    assertFalse(gate.awaitIdle(Optional.of(Duration.ofMillis(1))));
    gate.exit(call);
    assertTrue(gate.awaitIdle(Optional.of(Duration.ofMillis(1))));
    assertTrue(gate.awaitIdle(Optional.empty()));
  }

  /** The memory waits for the outer call, and the inner one would wait for the memory. */
  @Test
  void enter_fromInsideACallOnMemoryBeingGivenUp_isRefusedRatherThanHung() {
    CallInFlight outer = gate.enter(Operation.GET, pages);
    Background<?> release = Background.run(() -> gate.release(Region.of(memory), () -> {}));
    release.awaitBlocked();
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> gate.enter(Operation.SET, pages));
    assertSays(e, "SET", "inside a call");
    assertFalse(release.ended());
    gate.exit(outer);
    release.result();
    assertTrue(gate.idle());
  }

  @Test
  void describe_ofManyCalls_namesTheThreeThatAreInLongest() {
    List<CallInFlight> calls = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      calls.add(gate.enter(operation, List.of()));
    }
    String text = gate.describe();
    assertTrue(
        text.matches(
            "GET of 0 pages on thread .* for PT.*S, SET of 0 .*, PRESENT of 0 pages on .*"),
        text);
    assertEquals(3, text.split(", ").length);
    calls.forEach(gate::exit);
    assertEquals("", gate.describe());
  }

  @Test
  void describe_ofAnUnnamedVirtualThread_tellsItsNumber() throws InterruptedException {
    Thread thread = Thread.ofVirtual().start(() -> gate.enter(Operation.GET, List.of()));
    thread.join();
    assertTrue(gate.describe().contains("thread #" + thread.threadId()), gate.describe());
  }

  /** An order that looks at a running clock twice is none, and sorting by it may throw. */
  @Test
  void compareTo_ofCallsInARow_isAnOrder() {
    List<CallInFlight> calls = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      calls.add(new CallInFlight(Operation.GET, List.of(), Thread.currentThread()));
    }
    for (int i = 1; i < calls.size(); i++) {
      CallInFlight older = calls.get(i - 1);
      CallInFlight newer = calls.get(i);
      assertTrue(older.compareTo(newer) <= 0);
      assertEquals(-Integer.signum(newer.compareTo(older)), Integer.signum(older.compareTo(newer)));
    }
    List<CallInFlight> sorted = new ArrayList<>(calls);
    Collections.shuffle(sorted, new java.util.Random(3));
    Collections.sort(sorted);
    assertTrue(sorted.get(0).compareTo(sorted.get(19_999)) <= 0);
  }

  @Test
  void release_ofEqualRegionsAtOnce_runsEachOnceAndLetsCallsInAfterBoth() {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    Pause first = new Pause();
    Pause second = new Pause();
    Background<?> one = Background.run(() -> gate.release(Region.of(memory), first::here));
    Background<?> two = Background.run(() -> gate.release(Region.of(memory), second::here));
    first.awaitReached();
    second.awaitReached();
    Background<?> call =
        Background.run(
                () -> {
                  CallInFlight in = gate.enter(Operation.GET, pages);
                  done.add("call");
                  gate.exit(in);
                })
            .awaitBlocked();
    first.goOn();
    one.result();
    assertEquals(List.of(), done);
    second.goOn();
    two.result();
    call.result();
    assertEquals(List.of("call"), done);
  }
}
