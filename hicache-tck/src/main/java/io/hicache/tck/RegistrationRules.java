package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageObserver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Registered memory makes calls faster at most; it is the caller's again when the handle closes.
 */
interface RegistrationRules extends Rules {
  PageKey REGISTERED = new PageKey("registered");
  int REGISTERED_BYTES = 64 << 10;

  @Test
  default void register_memory_answersWithIt() {
    Region region = tck().pages().target(REGISTERED, REGISTERED_BYTES).region();
    assertSame(region, tck().store().register(region));
  }

  @Test
  default void pagesInARegion_comeBackExact() {
    FencedPage source = tck().pages().source(REGISTERED, REGISTERED_BYTES);
    FencedPage target = tck().pages().target(REGISTERED, REGISTERED_BYTES);
    try (Registration ofSource = tck().store().register(source.region());
        Registration ofTarget = tck().store().register(target.region())) {
      assertSame(source.region(), ofSource);
      assertSame(target.region(), ofTarget);
      assertEquals(DONE, tck().store().set(source.page()));
      assertEquals(DONE, tck().store().get(target.page()));
    }
    target.assertHolds(Content.of(REGISTERED));
  }

  @Test
  default void pageHalfInARegion_comesBackExact() {
    FencedPage source = tck().pages().source(REGISTERED, REGISTERED_BYTES);
    FencedPage target = tck().pages().target(REGISTERED, REGISTERED_BYTES);
    Region half = Region.of(target.parts().getFirst().asSlice(0, REGISTERED_BYTES / 2));
    try (Registration registration = tck().store().register(half)) {
      assertSame(half, registration);
      assertEquals(DONE, tck().store().set(source.page()));
      assertEquals(DONE, tck().store().get(target.page()));
    }
    target.assertHolds(Content.of(REGISTERED));
  }

  @Test
  default void pageOfPartsInAndOutOfARegion_comesBackExact() {
    FencedPage first = tck().pages().target(REGISTERED, 1000);
    FencedPage second = tck().pages().target(REGISTERED, 2000);
    tck().put(REGISTERED, 3000);
    List<Part> parts = List.of(first.page().parts().get(0), second.page().parts().get(0));
    try (Registration registration = tck().store().register(second.region())) {
      assertSame(second.region(), registration);
      assertEquals(DONE, tck().store().get(new Page(REGISTERED, parts)));
    }
    List<MemorySegment> both = List.of(first.parts().getFirst(), second.parts().getFirst());
    assertEquals(-1, Content.of(REGISTERED).mismatch(both));
  }

  @Test
  default void regions_registeredTwice_closeOneByOne() {
    FencedPage target = tck().pages().target(REGISTERED, REGISTERED_BYTES);
    tck().put(REGISTERED, REGISTERED_BYTES);
    Registration first = tck().store().register(target.region());
    Registration second = tck().store().register(target.region());
    first.close();
    assertReads(target);
    second.close();
    assertReads(target);
  }

  @Test
  default void regions_nested_closeInAnyOrder() {
    FencedPage target = tck().pages().target(REGISTERED, REGISTERED_BYTES);
    tck().put(REGISTERED, REGISTERED_BYTES);
    Registration outer = tck().store().register(target.region());
    Registration inner = tck().store().register(Region.of(target.parts().getFirst()));
    outer.close();
    assertReads(target);
    inner.close();
    assertReads(target);
  }

  @Test
  default void registration_closedTwice_isClosedOnce() {
    FencedPage target = tck().pages().target(REGISTERED, REGISTERED_BYTES);
    tck().put(REGISTERED, REGISTERED_BYTES);
    Registration closedTwice = tck().store().register(target.region());
    try (Registration other = tck().store().register(target.region())) {
      closedTwice.close();
      closedTwice.close();
      assertSame(target.region(), other);
      assertReads(target);
    }
  }

  @Test
  default void registration_closedDuringReads_harmsNone() throws InterruptedException {
    List<PageKey> keys = BatchRules.keys("registered", 8);
    tck().putAll(keys, 16 << 10);
    try (Neighbours neighbours = new Neighbours(tck(), keys, 16 << 10)) {
      for (int i = 0; i < 20; i++) {
        tck().store().register(neighbours.region()).close();
      }
      neighbours.join();
    }
  }

  @Test
  default void memory_afterItsRegistration_isTheCallersToFree() {
    tck().put(REGISTERED, REGISTERED_BYTES);
    for (int i = 0; i < 5; i++) {
      try (Arena own = Arena.ofShared()) {
        FencedPage target = new FencedPages(own).target(REGISTERED, REGISTERED_BYTES);
        try (Registration registration = tck().store().register(target.region())) {
          assertSame(target.region(), registration);
          assertReads(target);
        }
      }
    }
    tck().assertStored(REGISTERED, REGISTERED_BYTES);
  }

  @Test
  default void registration_closedFromInsideACall_isRefused() {
    AtomicReference<Registration> registration = new AtomicReference<>();
    AtomicReference<Object> seen = new AtomicReference<>("not called");
    StorageObserver closing =
        call -> {
          Registration open = registration.get();
          if (open != null) {
            try {
              open.close();
              seen.set("closed");
            } catch (RuntimeException e) {
              seen.set(e);
            }
          }
        };
    var store = tck().open(tck().config().with(StorageObserver.class, closing));
    registration.set(store.register(tck().pages().target(REGISTERED, 64).region()));
    store.exists(REGISTERED);
    assertInstanceOf(IllegalStateException.class, seen.get());
  }

  /** Compares what matters: two segments are equal already if they begin at one place. */
  private static void assertSame(Region expected, Registration registration) {
    assertEquals(expected.address(), registration.region().address());
    assertEquals(expected.bytes(), registration.region().bytes());
  }

  private void assertReads(FencedPage target) {
    target.release();
    assertEquals(DONE, tck().store().get(target.page()));
    target.assertHolds(Content.of(REGISTERED));
  }
}
