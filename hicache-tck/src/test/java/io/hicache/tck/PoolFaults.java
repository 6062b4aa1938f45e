package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static io.hicache.Outcome.SKIPPED;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Storages that do not see what several pools have to do with one another. */
final class PoolFaults {
  private static final String STORES = "setV2_ofSeveralPools_storesEachUnderItsPool";
  private static final String FILLS = "getV2_ofSeveralPools_fillsEachPool";
  private static final String LACKS = "getV2_ofAPageThatOnePoolLacks_answersForEachPool";
  private static final String ORDER = "v2_answersInTheOrderAsked";
  private static final String BEFORE = "setV2_writesSidePoolsBeforeKeysAndValues";
  private static final String FAILS = "setV2_whereASidePageFails_skipsItsKeysAndValuesAndNoOther";
  private static final String WITHOUT = "setV2_ofPagesWithoutAllSidePages_writesThose";
  private static final String THERE = "setV2_whereSidePagesAreThere_writesKeysAndValues";
  private static final String LATENT = "setV2_ofLatentAttention_keepsWhatIsAlikeAndWritesWhatIsNot";

  private PoolFaults() {}

  static List<Fault> ofWrites() {
    return List.of(
        setting("writes pool by pool as asked", PoolFaults::eachAlone, BEFORE, FAILS),
        setting(
            "writes keys and values whatever became of the side pools",
            (right, transfers) -> {
              Map<PoolName, BatchResult> results = right.of(sides(transfers));
              results.putAll(right.of(kv(transfers)));
              return inOrder(transfers, results);
            },
            FAILS),
        setting(
            "writes no keys and values where one side page fails",
            (right, transfers) -> {
              Map<PoolName, BatchResult> results = right.of(sides(transfers));
              if (results.values().stream().anyMatch(PoolFaults::failed)) {
                return skipped(transfers, results);
              }
              results.putAll(right.of(kv(transfers)));
              return inOrder(transfers, results);
            },
            FAILS));
  }

  static List<Fault> ofSidePages() {
    return List.of(
        setting(
            "writes keys and values of pages that every side pool has alone",
            PoolFaults::onlyWhole,
            WITHOUT),
        setting(
            "takes a side page that is there for one that failed",
            (right, transfers) -> {
              Map<PoolName, BatchResult> results = right.of(sides(transfers));
              if (results.values().stream().anyMatch(result -> result.count(KEPT) > 0)) {
                return skipped(transfers, results);
              }
              results.putAll(right.of(kv(transfers)));
              return inOrder(transfers, results);
            },
            FAILS,
            THERE));
  }

  static List<Fault> ofStates() {
    return List.of(
        setting(
            "takes states for alike on every rank",
            (right, transfers) -> {
              Map<PoolName, BatchResult> results = right.of(transfers);
              BatchResult kv = results.get(PoolName.KV);
              if (kv != null && kv.count(KEPT) > 0) {
                results.replaceAll((pool, result) -> BatchResult.all(result.size(), KEPT));
              }
              return results;
            },
            LATENT));
  }

  static List<Fault> ofReads() {
    return List.of(
        Fault.behind(
            "writes states among keys and values",
            right ->
                new Forwarding(right) {
                  @Override
                  public BatchResult batchSet(List<Page> sources, CallOptions options) {
                    return super.batchSet(
                        sources.stream()
                            .map(page -> new Page(page.key().in(PoolName.KV), page.parts()))
                            .toList(),
                        options);
                  }
                },
            STORES,
            FILLS,
            LACKS,
            FAILS,
            LATENT));
  }

  static List<Fault> ofAnswers() {
    return List.of(
        setting(
            "answers in the order of the pools' names",
            (right, transfers) -> new TreeMap<>(right.of(transfers)),
            ORDER),
        Fault.before(
            "fails a pool for one page",
            right ->
                new Forwarding(right) {
                  @Override
                  public Map<PoolName, BatchResult> batchGetV2(
                      List<PoolTransfer> transfers, CallOptions options) {
                    Map<PoolName, BatchResult> results = super.batchGetV2(transfers, options);
                    results.replaceAll((pool, result) ->
                        result.count(ABSENT) > 0 ? BatchResult.all(result.size(), ABSENT) : result);
                    return results;
                  }
                },
            LACKS));
  }

  static List<Fault> ofOnePool() {
    return List.of(
        Fault.before(
            "reads the first pool alone",
            right ->
                new Forwarding(right) {
                  @Override
                  public Map<PoolName, BatchResult> batchGetV2(
                      List<PoolTransfer> transfers, CallOptions options) {
                    Map<PoolName, BatchResult> results = new LinkedHashMap<>();
                    transfers.forEach(each ->
                        results.put(each.pool(), BatchResult.all(each.keys().size(), DONE)));
                    if (!transfers.isEmpty()) {
                      results.putAll(super.batchGetV2(transfers.subList(0, 1), options));
                    }
                    return results;
                  }
                },
            FILLS,
            LACKS));
  }

  /** What the storage before does with transfers. */
  @FunctionalInterface
  private interface Move {
    Map<PoolName, BatchResult> of(List<PoolTransfer> transfers);
  }

  /** What a wrong storage does with them instead. */
  @FunctionalInterface
  private interface Wrong {
    Map<PoolName, BatchResult> set(Move right, List<PoolTransfer> transfers);
  }

  private static Fault setting(String name, Wrong wrong, String... rules) {
    return Fault.before(name, right -> new Setting(right, wrong), rules);
  }

  private static final class Setting extends Forwarding {
    private final Wrong wrong;

    Setting(HiCacheStorage right, Wrong wrong) {
      super(right);
      this.wrong = wrong;
    }

    @Override
    public Map<PoolName, BatchResult> batchSetV2(
        List<PoolTransfer> transfers, CallOptions options) {
      return wrong.set(each -> super.batchSetV2(each, options), transfers);
    }
  }

  private static Map<PoolName, BatchResult> eachAlone(Move right, List<PoolTransfer> transfers) {
    Map<PoolName, BatchResult> results = new LinkedHashMap<>();
    transfers.forEach(each -> results.putAll(right.of(List.of(each))));
    return results;
  }

  private static Map<PoolName, BatchResult> onlyWhole(Move right, List<PoolTransfer> transfers) {
    List<PoolTransfer> sides = sides(transfers);
    for (PoolTransfer kv : kv(transfers)) {
      boolean whole = sides.stream().allMatch(side -> side.keys().containsAll(kv.keys()));
      if (!whole) {
        return skipped(transfers, right.of(sides));
      }
    }
    return right.of(transfers);
  }

  private static boolean failed(BatchResult result) {
    return result.outcomes().stream().anyMatch(Outcome::failed);
  }

  private static List<PoolTransfer> sides(List<PoolTransfer> transfers) {
    return transfers.stream().filter(each -> !each.pool().equals(PoolName.KV)).toList();
  }

  private static List<PoolTransfer> kv(List<PoolTransfer> transfers) {
    return transfers.stream().filter(each -> each.pool().equals(PoolName.KV)).toList();
  }

  private static Map<PoolName, BatchResult> skipped(
      List<PoolTransfer> transfers, Map<PoolName, BatchResult> sides) {
    Map<PoolName, BatchResult> results = new LinkedHashMap<>(sides);
    for (PoolTransfer kv : kv(transfers)) {
      List<Outcome> outcomes = new ArrayList<>();
      kv.keys().forEach(key -> outcomes.add(SKIPPED));
      results.put(kv.pool(), BatchResult.of(outcomes, null));
    }
    return inOrder(transfers, results);
  }

  private static Map<PoolName, BatchResult> inOrder(
      List<PoolTransfer> transfers, Map<PoolName, BatchResult> results) {
    Map<PoolName, BatchResult> ordered = new LinkedHashMap<>();
    for (PoolTransfer transfer : transfers) {
      BatchResult result = results.get(transfer.pool());
      if (result != null) {
        ordered.put(transfer.pool(), result);
      }
    }
    return ordered;
  }
}
