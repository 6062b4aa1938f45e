package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.MISMATCH;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Storages that read and write as they should, but answer something else, or for others. */
final class OutcomeFaults {
  private static final String LONGER = "get_longerTarget_isMismatchAndThePageStays";
  private static final String SHORTER = "get_shorterTarget_isMismatchAndThePageStays";
  private static final String MIXED = "batchGet_ofPresentAbsentAndWrongLength_answersInOrder";
  private static final String TWO_LENGTHS = "batchGet_ofOneKeyInTwoLengths_answersForEach";
  private static final String KEEPING = "batchSet_ofPresentAndNewPages_keepsThoseAndWritesThese";

  private OutcomeFaults() {}

  static List<Fault> ofSets() {
    return List.of(
        Fault.behind(
            "replaces what is there",
            right -> setting(right, true),
            "set_presentPage_isKeptAndTheFirstStays",
            KEEPING),
        Fault.behind(
            "never replaces what is there",
            right -> setting(right, false),
            "set_overwritingPresentPage_replacesIt"),
        Fault.behind(
            "keeps what is there whatever its length",
            KeepsAnyLength::new,
            "set_ofLongerPage_replacesTheShorter",
            "set_ofShorterPage_replacesTheLonger"),
        Fault.behind(
            "drops the last page of a large batch",
            DropsOfLargeBatches::new,
            "batch_of1000Pages_comesBackExact"));
  }

  static List<Fault> ofGets() {
    return List.of(
        Fault.behind(
            "ignores a wrong length", IgnoresLength::new, LONGER, SHORTER, MIXED, TWO_LENGTHS),
        Fault.behind("drops a page of another length", DropsOtherLengths::new, LONGER, SHORTER),
        getting("answers out of order", OutcomeFaults::reversed, MIXED, TWO_LENGTHS),
        getting(
            "answers one position too few in large batches",
            result -> result.size() < 128 ? result : BatchResult.all(result.size() - 1, DONE),
            "batch_of128Pages_comesBackExact",
            "batch_of1000Pages_comesBackExact"),
        getting(
            "fails a batch for one page",
            result ->
                result.count(MISMATCH) == 0
                    ? result
                    : BatchResult.allFailed(result.size(), trouble()),
            LONGER,
            SHORTER,
            MIXED,
            TWO_LENGTHS));
  }

  static List<Fault> ofBatches() {
    return List.of(
        Fault.behind(
            "fills one target of each key",
            FillsOneOfTwins::new,
            "batchGet_ofOneKeyManyTimes_fillsEachTarget"),
        Fault.behind(
            "brings pages in the order of their keys",
            SortsKeys::new,
            "batchGet_inAnotherOrder_bringsEachPageToItsTarget"),
        Fault.before("throws out of a batch", Throwing::new, MIXED, TWO_LENGTHS, LONGER, SHORTER));
  }

  private static final class KeepsAnyLength extends Forwarding {
    KeepsAnyLength(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      boolean there = sources.size() == 1 && exists(sources.getFirst().key());
      return there && !options.overwrite()
          ? BatchResult.all(1, KEPT)
          : super.batchSet(sources, options);
    }
  }

  private static final class DropsOfLargeBatches extends Forwarding {
    DropsOfLargeBatches(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      if (sources.size() < 1000) {
        return super.batchSet(sources, options);
      }
      super.batchSet(sources.subList(0, sources.size() - 1), options);
      return BatchResult.all(sources.size(), DONE);
    }
  }

  private static final class IgnoresLength extends Forwarding {
    private final ReferenceSpace space;

    IgnoresLength(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      List<Outcome> outcomes = new ArrayList<>(super.batchGet(targets, options).outcomes());
      for (int i = 0; i < outcomes.size(); i++) {
        ReferenceSpace.Stored stored = space.pages().get(targets.get(i).key());
        if (outcomes.get(i) == MISMATCH && stored != null) {
          int length = Math.toIntExact(targets.get(i).bytes());
          ReferenceSpace.scatter(Arrays.copyOf(stored.bytes(), length), targets.get(i));
          outcomes.set(i, DONE);
        }
      }
      return BatchResult.of(outcomes, null);
    }
  }

  private static final class DropsOtherLengths extends Forwarding {
    DropsOtherLengths(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      for (int i = 0; i < targets.size(); i++) {
        if (result.get(i) == MISMATCH) {
          batchDelete(List.of(targets.get(i).key()));
        }
      }
      return result;
    }
  }

  private static final class FillsOneOfTwins extends Forwarding {
    FillsOneOfTwins(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      Set<PageKey> seen = new HashSet<>();
      List<Page> first = targets.stream().filter(target -> seen.add(target.key())).toList();
      return first.size() == 1 && targets.size() > 2
          ? BatchResult.all(targets.size(), super.batchGet(first, options).get(0))
          : super.batchGet(targets, options);
    }
  }

  private static final class SortsKeys extends Forwarding {
    SortsKeys(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      if (targets.size() != 100) {
        return super.batchGet(targets, options);
      }
      List<PageKey> keys = new ArrayList<>(targets.stream().map(Page::key).toList());
      keys.sort(Comparator.comparing(PageKey::value));
      List<Page> sorted = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        sorted.add(new Page(keys.get(i), targets.get(i).parts()));
      }
      return super.batchGet(sorted, options);
    }
  }

  private static final class Throwing extends Forwarding {
    Throwing(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      BatchResult result = super.batchGet(targets, options);
      if (result.count(MISMATCH) > 0) {
        throw trouble();
      }
      return result;
    }
  }

  static HiCacheException trouble() {
    return new HiCacheException(FaultKind.INTERNAL, "trouble");
  }

  /** Makes a fault in what reads answer. */
  static Fault getting(String name, UnaryOperator<BatchResult> wrong, String... rules) {
    return Fault.behind(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public BatchResult batchGet(List<Page> targets, CallOptions options) {
                return wrong.apply(super.batchGet(targets, options));
              }
            },
        rules);
  }

  private static BatchResult reversed(BatchResult result) {
    List<Outcome> outcomes = new ArrayList<>(result.outcomes());
    Collections.reverse(outcomes);
    return BatchResult.of(outcomes, result.firstFailure().orElse(null));
  }

  private static HiCacheStorage setting(HiCacheStorage right, boolean overwrite) {
    return new Forwarding(right) {
      @Override
      public BatchResult batchSet(List<Page> sources, CallOptions options) {
        return super.batchSet(sources, options.withOverwrite(overwrite));
      }
    };
  }
}
