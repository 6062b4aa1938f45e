package io.hicache.tck;

import static io.hicache.Outcome.MISMATCH;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StoreReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Storages that do not keep what they were given, or serve what is no longer it. */
final class StoreFaults {
  private static final String WRONG_BYTE = "get_pageWithAWrongByte_isMismatch";
  private static final String ONCE_READ = "pageWithAWrongByte_onceRead_isGoneAndCanBeSetAnew";
  private static final String IN_A_BATCH = "pageWithAWrongByte_inABatch_harmsNoOther";

  private StoreFaults() {}

  static List<Fault> ofIntegrity() {
    return List.of(
        Fault.behind(
            "serves wrong bytes",
            ServingAnything::new,
            WRONG_BYTE,
            ONCE_READ,
            IN_A_BATCH,
            "pageCutShort_readInItsNewLength_isNeverDone"),
        Fault.behind("leaves a damaged page where it is", LeavingDamaged::new, ONCE_READ),
        OutcomeFaults.getting(
            "spoils a batch for one damaged page",
            result ->
                result.count(MISMATCH) == 0 ? result : BatchResult.all(result.size(), MISMATCH),
            IN_A_BATCH));
  }

  static List<Fault> ofFailingOnDamage() {
    return List.of(
        OutcomeFaults.getting(
            "fails on a damaged page",
            result ->
                result.count(MISMATCH) == 0
                    ? result
                    : BatchResult.allFailed(result.size(), OutcomeFaults.trouble()),
            WRONG_BYTE,
            ONCE_READ,
            IN_A_BATCH,
            "pageWithAWrongByte_readIntoAnotherLength_isMismatch",
            "get_pageCutShort_isNeverDone",
            "pageCutShort_readInItsNewLength_isNeverDone",
            "pageCutShort_onceRead_canBeSetAnew"),
        new Fault.Named(
            "says that it checks, but not how to try it",
            Set.of(
                WRONG_BYTE,
                ONCE_READ,
                IN_A_BATCH,
                "pageWithAWrongByte_readIntoAnotherLength_isMismatch")) {
          @Override
          public boolean letsDamage() {
            return false;
          }
        });
  }

  static List<Fault> ofReopening() {
    return List.of(
        Fault.behind(
            "forgets its pages when closed",
            ForgettingAll::new,
            "pages_afterReopening_areThere",
            "set_afterReopening_keepsWhatIsThere",
            "replacedPage_afterReopening_isTheNewOne"),
        Fault.behind(
            "brings deleted pages back", BringingBack::new, "deletedPage_afterReopening_isAbsent"),
        Fault.behind(
            "sees what it wrote itself, and what was there",
            SeeingItsOwn::new,
            "anotherStorage_onTheSameStore_seesThePages"),
        Fault.behind(
            "counts a page too many", CountingOneMore::new, "inspect_countsThisNamespaceAlone"));
  }

  /** Takes whatever lies in the store for what was written. */
  private static final class ServingAnything extends Forwarding {
    private final ReferenceSpace space;

    ServingAnything(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      space.pages().replaceAll((key, stored) -> new ReferenceSpace.Stored(stored.bytes()));
      return super.batchGet(targets, options);
    }
  }

  private static final class LeavingDamaged extends Forwarding {
    private final ReferenceSpace space;

    LeavingDamaged(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      Map<PageKey, ReferenceSpace.Stored> before = Map.copyOf(space.pages());
      BatchResult result = super.batchGet(targets, options);
      before.forEach(space.pages()::putIfAbsent);
      return result;
    }
  }

  private static final class CountingOneMore extends Forwarding {
    CountingOneMore(HiCacheStorage right) {
      super(right);
    }

    @Override
    public StoreReport inspect() {
      StoreReport report = super.inspect();
      return new StoreReport(
          report.backend(),
          report.namespace(),
          OptionalLong.of(report.pages().orElse(0) + 1),
          report.bytes(),
          report.budgetBytes(),
          report.details());
    }
  }

  private static final class ForgettingAll extends Forwarding {
    private final ReferenceSpace space;

    ForgettingAll(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public void close() {
      space.pages().clear();
      super.close();
    }
  }

  private static final class BringingBack extends Forwarding {
    private final ReferenceSpace space;
    private final Map<PageKey, ReferenceSpace.Stored> deleted = new ConcurrentHashMap<>();

    BringingBack(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
    }

    @Override
    public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
      deleted.putAll(space.pages());
      return super.batchDelete(keys, options);
    }

    @Override
    public void close() {
      space.pages().putAll(deleted);
      super.close();
    }
  }

  private static final class SeeingItsOwn extends Forwarding {
    private final Set<PageKey> known = ConcurrentHashMap.newKeySet();
    private final ReferenceSpace space;

    SeeingItsOwn(HiCacheStorage right, ReferenceSpace space) {
      super(right);
      this.space = space;
      known.addAll(space.pages().keySet());
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      sources.forEach(source -> known.add(source.key()));
      return super.batchSet(sources, options);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      Map<PageKey, ReferenceSpace.Stored> hidden = new ConcurrentHashMap<>(space.pages());
      hidden.keySet().removeAll(new HashSet<>(known));
      space.pages().keySet().removeAll(hidden.keySet());
      BatchResult result = super.batchGet(targets, options);
      space.pages().putAll(hidden);
      return result;
    }
  }
}
