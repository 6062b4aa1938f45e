package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.HiCacheStorage;
import io.hicache.Operation;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Registration;
import io.hicache.StorageObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Closing refuses new calls, waits for those in flight, and leaves the caller's memory alone. */
interface LifecycleRules extends Rules {
  PageKey LIFE = new PageKey("life");

  @Test
  default void close_twice_doesNothing() {
    tck().store().close();
    tck().store().close();
  }

  @Test
  default void everyCall_afterClose_isRefusedAndTouchesNothing() {
    HiCacheStorage store = tck().store();
    tck().put(LIFE, 512);
    FencedPage target = tck().pages().target(LIFE, 512);
    Page source = tck().pages().source(new PageKey("fresh"), 512).page();
    store.close();
    Stream<Executable> calls =
        Stream.of(
            () -> store.get(target.page()),
            () -> store.batchGet(List.of(target.page())),
            () -> store.set(source),
            () -> store.batchSet(List.of(source)),
            () -> store.exists(LIFE),
            () -> store.batchPresent(List.of(LIFE)),
            () -> store.batchExists(List.of(LIFE)),
            () -> store.delete(LIFE),
            () -> store.batchDelete(List.of(LIFE)),
            () -> store.length(LIFE),
            () -> store.warm(List.of(LIFE)),
            () -> store.register(target.region()),
            store::clear,
            store::inspect);
    assertAll(calls.map(call -> () -> assertThrows(IllegalStateException.class, call)));
    target.assertUntouched();
  }

  @Test
  default void statsAndCapabilities_afterClose_stillAnswer() {
    tck().put(LIFE, 512);
    var before = tck().store().capabilities();
    tck().store().close();
    assertEquals(before, tck().store().capabilities());
    assertEquals(1, tck().store().stats().of(Operation.SET).of(DONE));
  }

  @Test
  default void registration_leftOpen_isClosedWithTheStore() {
    FencedPage target = tck().pages().target(LIFE, 512);
    Registration registration = tck().store().register(target.region());
    tck().store().close();
    registration.close();
    assertEquals(target.region().address(), registration.region().address());
  }

  @Test
  default void close_fromInsideACall_isRefused() {
    AtomicReference<HiCacheStorage> store = new AtomicReference<>();
    AtomicReference<Object> seen = new AtomicReference<>("not called");
    StorageObserver closing =
        call -> {
          try {
            store.get().close();
            seen.set("closed");
          } catch (RuntimeException e) {
            seen.set(e);
          }
        };
    store.set(tck().open(tck().config().with(StorageObserver.class, closing)));
    store.get().exists(LIFE);
    assertInstanceOf(IllegalStateException.class, seen.get());
    store.get().exists(LIFE);
  }

  @Test
  default void close_duringReads_letsEachEndOrRefusesIt() throws InterruptedException {
    List<PageKey> keys = BatchRules.keys("closing", 16);
    tck().putAll(keys, 16 << 10);
    closeDuring(() -> {
      List<FencedPage> targets = tck().pages().targets(keys, 16 << 10);
      BatchRules.assertAll(DONE, tck().store().batchGet(BatchRules.pages(targets)));
      targets.forEach(target -> target.assertHolds(Content.of(target.key())));
    });
  }

  @Test
  default void close_duringWrites_letsEachEndOrRefusesIt() throws InterruptedException {
    Queue<PageKey> stored = new ConcurrentLinkedQueue<>();
    closeDuring(() -> {
      String name = "closing-" + Thread.currentThread().threadId() + '-' + stored.size();
      List<PageKey> keys = BatchRules.keys(name, 4);
      tck().putAll(keys, 16 << 10);
      stored.addAll(keys);
    });
    tck().reopen();
    if (tck().kit().persistsAcrossReopen()) {
      stored.forEach(key -> tck().assertStored(key, 16 << 10));
    } else {
      stored.forEach(tck()::assertAbsent);
    }
  }

  /** Closes while four threads make calls: every call succeeds until one is refused. */
  private void closeDuring(Executable call) throws InterruptedException {
    int threads = 4;
    CountDownLatch working = new CountDownLatch(threads);
    List<Crew> crews = new ArrayList<>(List.of(Crew.ofPlatform(), Crew.ofVirtual()));
    for (int i = 0; i < threads; i++) {
      crews.get(i % 2).start(() -> callUntilRefused(call, working));
    }
    working.await();
    tck().store().close();
    for (Crew crew : crews) {
      crew.join();
    }
  }

  private static void callUntilRefused(Executable call, CountDownLatch working) throws Throwable {
    try {
      call.execute();
    } finally {
      working.countDown();
    }
    try {
      while (true) {
        call.execute();
      }
    } catch (IllegalStateException refused) {
      /* As it must be, once the store is closed. */
    }
  }
}
