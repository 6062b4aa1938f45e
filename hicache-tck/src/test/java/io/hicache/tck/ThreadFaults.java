package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** Storages that are right for one thread at a time. */
final class ThreadFaults {
  private static final String RACING_OVERWRITES = "overwritesOfOneKeyThatRace_storeOneOfThem";

  private ThreadFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.behind(
            "reads a page while it is replaced",
            Tearing::new,
            "reads_duringOverwrites_seeOneWholeVersion"),
        Fault.behind(
            "shares a buffer between threads",
            SharingABuffer::new,
            "threads_withBatchesOfTheirOwn_doNotMixThemUp"),
        Fault.behind(
            "tells every writer that another was first",
            NobodyWasFirst::new,
            "sets_ofOneKeyThatRace_storeOneOfThem"),
        Fault.behind(
            "leaves nobody's page when many overwrite", LeavingNobodys::new, RACING_OVERWRITES),
        getting(
            "takes an absent page for zeros",
            (page, outcome) -> outcome == ABSENT && page.bytes() == 2048 ? DONE : outcome,
            "threads_onSharedKeys_readWhatWasWrittenOrMiss"),
        getting(
            "takes another length for a failure",
            (page, outcome) -> outcome == MISMATCH ? Outcome.FAILED_INTERNAL : outcome,
            "reads_duringSetsOfAnotherLength_findTheirOwnOrMismatch"),
        getting(
            "serves platform threads alone",
            (page, outcome) ->
                Thread.currentThread().isVirtual() ? Outcome.FAILED_REFUSED : outcome,
            "virtualThreads_byTheHundreds_areServed"));
  }

  private static final class Tearing extends Forwarding {
    private final ReferenceSpace space;

    Tearing(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      Page page = targets.getFirst();
      if (result.get(0) == DONE && page.bytes() == 64 << 10) {
        byte[] bytes = ReferenceSpace.gather(page);
        LockSupport.parkNanos(200_000);
        ReferenceSpace.Stored now = space.pages().get(page.key());
        if (now != null) {
          System.arraycopy(now.bytes(), 0, bytes, 0, bytes.length / 2);
          ReferenceSpace.scatter(bytes, page);
        }
      }
      return result;
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      if (options.overwrite()) {
        LockSupport.parkNanos(200_000);
      }
      return super.batchSet(sources, options);
    }
  }

  private static final class SharingABuffer extends Forwarding {
    private volatile byte[] buffer = new byte[0];

    SharingABuffer(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      if (targets.size() > 1) {
        for (Page page : targets) {
          buffer = ReferenceSpace.gather(page);
          LockSupport.parkNanos(50_000);
          ReferenceSpace.scatter(buffer, page);
        }
      }
      return result;
    }
  }

  private static final class NobodyWasFirst extends Forwarding {
    NobodyWasFirst(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      BatchResult result = super.batchSet(sources, options);
      boolean racing = sources.getFirst().key().value().startsWith("race");
      return racing && !options.overwrite() ? BatchResult.all(result.size(), KEPT) : result;
    }
  }

  private static final class LeavingNobodys extends Forwarding {
    private final ReferenceSpace space;

    LeavingNobodys(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      BatchResult result = super.batchSet(sources, options);
      Page page = sources.getFirst();
      if (options.overwrite() && page.bytes() == 16 << 10) {
        space.pages().put(page.key(), new ReferenceSpace.Stored(new byte[16 << 10]));
      }
      return result;
    }
  }

  private static Fault getting(
      String name, BiFunction<Page, Outcome, Outcome> wrong, String... rules) {
    return Fault.behind(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public BatchResult batchGet(List<Page> targets, CallOptions options) {
                BatchResult result = super.batchGet(targets, options);
                return targets.size() > 1
                    ? result
                    : BatchResult.of(
                        List.of(wrong.apply(targets.getFirst(), result.get(0))),
                        OutcomeFaults.trouble());
              }
            },
        rules);
  }
}
