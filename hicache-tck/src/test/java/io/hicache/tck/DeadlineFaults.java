package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_TIMEOUT;
import static io.hicache.Outcome.MISMATCH;
import static io.hicache.Outcome.SKIPPED;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Storages that take a deadline for what it is not, or go on after their calls have returned. */
final class DeadlineFaults {
  private static final String GET = "batchGet_pastItsDeadline_startsNothing";
  private static final String SET = "batchSet_pastItsDeadline_storesNothing";
  private static final String DELETE = "batchDelete_pastItsDeadline_deletesNothing";
  private static final String SINGLE = "singleCalls_pastTheirDeadline_throwTimeout";
  private static final String CUT_GET =
      "batchGet_thatItsDeadlineCuts_leavesEachPageWholeOrUntouched";
  private static final String CUT_SET = "batchSet_thatItsDeadlineCuts_storesEachPageWholeOrNot";

  private DeadlineFaults() {}

  static List<Fault> ofDeadlines() {
    return List.of(
        Fault.behind(
            "ignores deadlines",
            Ignoring::new,
            GET,
            SET,
            DELETE,
            SINGLE,
            "batchPresent_pastItsDeadline_asksNothing",
            "length_pastItsDeadline_throwsTimeoutWhereTheStoreCanTell"),
        OutcomeFaults.getting(
            "skips without a reason", DeadlineFaults::unexplained, GET, SINGLE, CUT_GET),
        Fault.behind("writes on what it skips", WritingWhatItSkips::new, GET, SINGLE, CUT_GET),
        Fault.behind("stores though too late", StoringLate::new, SET, SINGLE, CUT_SET),
        Fault.behind("deletes though too late", DeletingLate::new, DELETE),
        Fault.behind(
            "takes a very long time for none",
            Overflowing::new,
            "calls_beforeTheirDeadline_succeed"),
        Fault.before(
            "times out over nothing",
            Nothing::new,
            "batchOfNothing_pastItsDeadline_answersNothing"));
  }

  static List<Fault> ofLateWrites() {
    return List.of(
        late("writes after a read returned", DONE, "memory_afterARead_isLeftAlone"),
        late("writes after a miss returned", ABSENT, "memory_afterAMiss_isLeftAlone"),
        late("writes after a mismatch returned", MISMATCH, "memory_afterAMismatch_isLeftAlone"),
        late(
            "writes after a timeout returned",
            FAILED_TIMEOUT,
            "memory_afterADeadline_isLeftAlone"));
  }

  private static Fault late(String name, Outcome after, String rule) {
    return Fault.behind(name, right -> new WritingLate(right, after), rule);
  }

  private static BatchResult unexplained(BatchResult result) {
    return BatchResult.of(
        result.outcomes().stream().map(each -> each == FAILED_TIMEOUT ? SKIPPED : each).toList(),
        null);
  }

  private static CallOptions unbounded(CallOptions options) {
    return new CallOptions(
        options.priority(),
        Optional.empty(),
        options.overwrite(),
        options.ttl(),
        options.prefix(),
        options.extra());
  }

  private static final class Ignoring extends Forwarding {
    Ignoring(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      return super.batchGet(targets, unbounded(options));
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      return super.batchSet(sources, unbounded(options));
    }

    @Override
    public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
      return super.batchPresent(keys, unbounded(options));
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      return super.batchDelete(keys, unbounded(options));
    }

    @Override
    public OptionalLong length(PageKey key, CallOptions options) {
      return super.length(key, unbounded(options));
    }
  }

  private static final class WritingWhatItSkips extends Forwarding {
    WritingWhatItSkips(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      for (int i = 0; i < targets.size(); i++) {
        if (result.get(i) == SKIPPED || result.get(i) == FAILED_TIMEOUT) {
          ReferenceSpace.memory(targets.get(i).parts().getFirst()).fill((byte) 0);
        }
      }
      return result;
    }
  }

  private static final class StoringLate extends Forwarding {
    StoringLate(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      BatchResult result = super.batchSet(sources, options);
      super.batchSet(sources, unbounded(options));
      return result;
    }
  }

  private static final class DeletingLate extends Forwarding {
    DeletingLate(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      BatchResult result = super.batchDelete(keys, options);
      super.batchDelete(keys, unbounded(options));
      return result;
    }
  }

  private static final class Overflowing extends Forwarding {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    Overflowing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      boolean overflow = options.deadline().orElse(Duration.ZERO).compareTo(LONGEST) > 0;
      return super.batchSet(sources, overflow ? options.withDeadline(Duration.ZERO) : options);
    }
  }

  private static final class Nothing extends Forwarding {
    Nothing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      if (targets.isEmpty() && options.deadline().isPresent()) {
        throw OutcomeFaults.trouble();
      }
      return super.batchGet(targets, options);
    }
  }

  /** Starts a thread that writes on the first target of a batch for as long as it is there. */
  private static final class WritingLate extends Forwarding {
    private final Outcome after;
    private final AtomicLong written = new AtomicLong();

    WritingLate(HiCacheStorage right, Outcome after) {
      super(right);
      this.after = after;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      boolean cut = after == DONE && options.deadline().isPresent();
      if (result.get(0) == after && !cut) {
        CountDownLatch writing = new CountDownLatch(1);
        MemorySegment memory = ReferenceSpace.memory(targets.getFirst().parts().getFirst());
        Thread.ofPlatform().daemon().start(() -> write(memory, writing));
        awaitUninterruptibly(writing);
      }
      return result;
    }

    /** Waits for one more write, so that it is the store that is late and not the machine. */
    @Override
    public void close() {
      long before = written.get();
      while (before > 0 && written.get() < before + 2) {
        LockSupport.parkNanos(100_000);
      }
      super.close();
    }

    private void write(MemorySegment memory, CountDownLatch writing) {
      try {
        for (byte value = 0; ; value++) {
          memory.set(ValueLayout.JAVA_BYTE, 0, value);
          written.incrementAndGet();
          writing.countDown();
          LockSupport.parkNanos(100_000);
        }
      } catch (IllegalStateException e) {
        /* The memory is gone: the test is over. */
      }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
