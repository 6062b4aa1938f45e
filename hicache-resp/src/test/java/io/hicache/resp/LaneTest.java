package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Priority;
import io.hicache.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LaneTest {
  private final Lane lane = new Lane(1);
  private final List<Priority> served = Collections.synchronizedList(new ArrayList<>());

  @Test
  void enter_allInUse_servesByPriority() throws InterruptedException {
    assertTrue(lane.enter(Priority.PUT, Deadline.NONE));
    List<Thread> waiters = new ArrayList<>();
    for (Priority priority :
        List.of(Priority.PUT, Priority.GET, Priority.PREFETCH, Priority.PEEK)) {
      Thread waiter = Thread.ofPlatform().start(() -> use(priority));
      awaitParked(waiter);
      waiters.add(waiter);
    }
    lane.leave();
    for (Thread waiter : waiters) {
      waiter.join();
    }
    assertEquals(
        List.of(Priority.PEEK, Priority.PREFETCH, Priority.GET, Priority.PUT), List.copyOf(served));
  }

  @Test
  void enter_deadlinePasses_leavesTheOthersTheirTurn() throws InterruptedException {
    assertTrue(lane.enter(Priority.GET, Deadline.NONE));
    assertFalse(lane.enter(Priority.PEEK, Deadline.in(Duration.ofMillis(1))));
    Thread waiter = Thread.ofPlatform().start(() -> use(Priority.PUT));
    awaitParked(waiter);
    lane.leave();
    waiter.join();
    assertEquals(List.of(Priority.PUT), served);
  }

  @Test
  void enterMore_someoneWaitsOrNoneIsFree_givesNone() throws InterruptedException {
    Lane wide = new Lane(4);
    assertTrue(wide.enter(Priority.GET, Deadline.NONE));
    assertEquals(3, wide.enterMore(5));
    assertEquals(0, wide.enterMore(1));
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                wide.enter(Priority.PUT, Deadline.NONE);
              } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts", e);
              }
            });
    awaitParked(waiter);
    wide.leave();
    waiter.join();
    assertEquals(0, wide.enterMore(1));
  }

  private void use(Priority priority) {
    try {
      assertTrue(lane.enter(priority, Deadline.NONE));
      served.add(priority);
      lane.leave();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
