package io.hicache.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class LookupTest {
  private static final SocketAddress FOUND = InetSocketAddress.createUnresolved("found", 1);

  @Test
  void within_nameServerSilent_returnsAndHoldsOneThread() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Lookup lookup =
        new Lookup(
            "test",
            () -> {
              asked.incrementAndGet();
              awaitQuietly(answer);
              return FOUND;
            });
    assertNull(lookup.within(1));
    assertNull(lookup.within(1));
    FutureTask<SocketAddress> patient =
        new FutureTask<>(() -> lookup.within(TimeUnit.SECONDS.toNanos(10)));
    Thread waiting = Thread.ofPlatform().start(patient);
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    answer.countDown();
    assertEquals(FOUND, patient.get());
    assertEquals(1, asked.get());
  }

  @Test
  void within_foundBefore_asksAnew() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Lookup lookup =
        new Lookup("test", () -> InetSocketAddress.createUnresolved("a", asked.incrementAndGet()));
    lookup.within(TimeUnit.SECONDS.toNanos(10));
    lookup.within(TimeUnit.SECONDS.toNanos(10));
    assertEquals(2, asked.get());
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, false", "::1, false", "localhost, true", "cache.example, true"})
  void needsLookup_numberOrName_tellsThemApart(String host, boolean needs) {
    assertEquals(needs, new ServerAddress.Tcp(host, 6379).needsLookup());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      assertFalse(true, "nobody interrupts");
    }
  }
}
