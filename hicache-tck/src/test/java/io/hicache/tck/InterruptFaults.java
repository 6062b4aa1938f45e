package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.SKIPPED;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Storages that an interrupt makes lie, fail, or forget it. */
final class InterruptFaults {
  private static final String[] GETS = {
    "batchGet_interruptedOnAPlatformThread_doesOrSkipsEachPage",
    "batchGet_interruptedOnAVirtualThread_doesOrSkipsEachPage",
    "neighbours_ofAnInterruptedPlatformThread_areNotHarmed",
    "neighbours_ofAnInterruptedVirtualThread_areNotHarmed"
  };
  private static final String[] SETS = {
    "batchSet_interruptedOnAPlatformThread_doesOrSkipsEachPage",
    "batchSet_interruptedOnAVirtualThread_doesOrSkipsEachPage"
  };

  private InterruptFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.behind("swallows an interrupt that comes", Swallowing::new, GETS),
        Fault.before(
            "swallows an interrupt that was there",
            SwallowingWhatWasThere::new,
            "set_withTheFlagSet_worksAndKeepsTheFlag"),
        Fault.before(
            "does nothing for an interrupted thread",
            Refusing::new,
            "presence_withTheFlagSet_worksAndKeepsTheFlag",
            "delete_withTheFlagSet_worksAndKeepsTheFlag",
            "length_withTheFlagSet_worksAndKeepsTheFlag",
            "register_withTheFlagSet_worksAndKeepsTheFlag",
            "clearAndInspect_withTheFlagSet_workAndKeepTheFlag",
            "close_withTheFlagSet_worksAndKeepsTheFlag"),
        Fault.behind("aborts what has begun", Aborting::new, SETS),
        Fault.behind("writes what it skips", WritingWhatItSkips::new, SETS),
        Fault.behind(
            "takes what it skips for absent",
            AbsentForSkipped::new,
            "batchPresent_interrupted_answersOrSkipsEachKey"),
        Fault.behind(
            "deletes what it skips",
            DeletingWhatItSkips::new,
            "batchDelete_interrupted_deletesOrSkipsEachPage"),
        Fault.behind("fails everybody when one is interrupted", FailingAll::new, GETS[2], GETS[3]));
  }

  /** A storage that can wait for the interrupt that the rules send during large batches. */
  private static class Waiting extends Forwarding {
    private final AtomicInteger largeBatches = new AtomicInteger();

    Waiting(HiCacheStorage right) {
      super(right);
    }

    /** Waits a while, but not in the calls that the rules time. */
    void awaitInterrupt(int positions) {
      if (positions >= 48 && largeBatches.incrementAndGet() > Interruption.CALLS_TO_TIME) {
        LockSupport.parkNanos(100_000_000);
      }
    }
  }

  private static final class Swallowing extends Waiting {
    Swallowing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      if (targets.size() == 48) {
        awaitInterrupt(targets.size());
        boolean _ = Thread.interrupted();
      }
      return result;
    }
  }

  private static final class SwallowingWhatWasThere extends Forwarding {
    SwallowingWhatWasThere(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Outcome set(Page source, CallOptions options) {
      boolean interrupted = source.bytes() == 64 << 10 && Thread.interrupted();
      Outcome outcome = super.set(source, options);
      return interrupted ? Outcome.DONE : outcome;
    }
  }

  private static final class Refusing extends Forwarding {
    Refusing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public boolean exists(PageKey key, CallOptions options) {
      return !Thread.currentThread().isInterrupted() && super.exists(key, options);
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      return keys.size() == 1 && Thread.currentThread().isInterrupted()
          ? BatchResult.all(keys.size(), SKIPPED)
          : super.batchDelete(keys, options);
    }

    @Override
    public OptionalLong length(PageKey key, CallOptions options) {
      return Thread.currentThread().isInterrupted()
          ? OptionalLong.empty()
          : super.length(key, options);
    }

    @Override
    public Registration register(Region region) {
      requireUninterrupted();
      return super.register(region);
    }

    @Override
    public void clear() {
      requireUninterrupted();
      super.clear();
    }

    @Override
    public void close() {
      requireUninterrupted();
      super.close();
    }

    private static void requireUninterrupted() {
      if (Thread.currentThread().isInterrupted()) {
        throw OutcomeFaults.trouble();
      }
    }
  }

  private static final class Aborting extends Waiting {
    Aborting(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      awaitInterrupt(sources.size());
      BatchResult result = super.batchSet(sources, options);
      List<Outcome> outcomes = new ArrayList<>(result.outcomes());
      if (outcomes.contains(SKIPPED)) {
        outcomes.set(outcomes.indexOf(SKIPPED), FaultKind.UNAVAILABLE.outcome());
      }
      return BatchResult.of(outcomes, OutcomeFaults.trouble());
    }
  }

  private static final class WritingWhatItSkips extends Waiting {
    WritingWhatItSkips(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      awaitInterrupt(sources.size());
      BatchResult result = super.batchSet(sources, options);
      if (Thread.interrupted()) {
        super.batchSet(sources, options);
        Thread.currentThread().interrupt();
      }
      return result;
    }
  }

  private static final class AbsentForSkipped extends Waiting {
    AbsentForSkipped(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
      awaitInterrupt(keys.size());
      BatchResult result = super.batchPresent(keys, options);
      return BatchResult.of(
          result.outcomes().stream().map(each -> each == SKIPPED ? ABSENT : each).toList(), null);
    }
  }

  private static final class DeletingWhatItSkips extends Waiting {
    DeletingWhatItSkips(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      awaitInterrupt(keys.size());
      BatchResult result = super.batchDelete(keys, options);
      if (Thread.interrupted()) {
        super.batchDelete(keys, options);
        Thread.currentThread().interrupt();
      }
      return result;
    }
  }

  /** Behaves as calls do that share a channel: an interrupt closes it under all of them. */
  private static final class FailingAll extends Waiting {
    private final AtomicInteger closings = new AtomicInteger();

    FailingAll(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      int before = closings.get();
      BatchResult result = super.batchGet(targets, options);
      LockSupport.parkNanos(1_000_000);
      awaitInterrupt(targets.size());
      if (Thread.currentThread().isInterrupted()) {
        closings.incrementAndGet();
        return result;
      }
      return closings.get() == before
          ? result
          : BatchResult.allFailed(targets.size(), OutcomeFaults.trouble());
    }
  }
}
