package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageStats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Storages that end badly. */
final class LifecycleFaults {
  private static final String AFTER_CLOSE = "everyCall_afterClose_isRefusedAndTouchesNothing";
  private static final String COUNTS = "statsAndCapabilities_afterClose_stillAnswer";
  private static final String READS = "close_duringReads_letsEachEndOrRefusesIt";
  private static final String WRITES = "close_duringWrites_letsEachEndOrRefusesIt";

  private LifecycleFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.before("answers after it was closed", AnswersAfterClose::new, AFTER_CLOSE, READS),
        Fault.before("fails the calls in flight when it closes", FailsCalls::new, READS),
        Fault.before(
            "lets itself be closed from inside",
            ClosesInside::new,
            "close_fromInsideACall_isRefused"),
        Fault.before(
            "cannot be closed twice",
            ClosesOnce::new,
            "close_twice_doesNothing",
            "registration_leftOpen_isClosedWithTheStore",
            AFTER_CLOSE,
            COUNTS,
            READS,
            WRITES),
        Fault.before("forgets its counts when closed", ForgetsCounts::new, COUNTS),
        Fault.behind("loses what was written last when closed", LosesTheLast::new, WRITES));
  }

  private static final class AnswersAfterClose extends Forwarding {
    AnswersAfterClose(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      try {
        return super.batchGet(targets, options);
      } catch (IllegalStateException e) {
        return BatchResult.all(targets.size(), ABSENT);
      }
    }
  }

  private static final class FailsCalls extends Forwarding {
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile boolean closing;

    FailsCalls(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      calls.addAndGet(targets.size() > 1 ? 1 : 0);
      BatchResult result = super.batchGet(targets, options);
      if (!closing) {
        return result;
      }
      failed.countDown();
      return BatchResult.allFailed(targets.size(), OutcomeFaults.trouble());
    }

    /** Waits for a call to fail, where there were any. */
    @Override
    public void close() {
      closing = true;
      try {
        if (calls.get() > 0 && !failed.await(10, TimeUnit.SECONDS)) {
          throw new IllegalStateException("no call came");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.close();
    }
  }

  private static final class ClosesInside extends Forwarding {
    ClosesInside(HiCacheStorage right) {
      super(right);
    }

    @Override
    public void close() {
      try {
        super.close();
      } catch (IllegalStateException e) {
        /* As if there were nothing to it: that is what is wrong here. */
      }
    }
  }

  private static final class ClosesOnce extends Forwarding {
    private boolean closed;

    ClosesOnce(HiCacheStorage right) {
      super(right);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed already");
      }
      super.close();
      closed = true;
    }
  }

  private static final class ForgetsCounts extends Forwarding {
    private volatile boolean closed;

    ForgetsCounts(HiCacheStorage right) {
      super(right);
    }

    @Override
    public StorageStats stats() {
      return closed ? new StorageStats(Map.of(), 0, 0) : super.stats();
    }

    @Override
    public void close() {
      super.close();
      closed = true;
    }
  }

  private static final class LosesTheLast extends Forwarding {
    private volatile List<PageKey> last = List.of();

    LosesTheLast(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      last = List.of(sources.getLast().key());
      return super.batchSet(sources, options);
    }

    @Override
    public void close() {
      batchDelete(last);
      super.close();
    }
  }
}
