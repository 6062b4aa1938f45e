package io.hicache.tck;

import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.MlaShape;
import io.hicache.spi.NamespaceRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Storages that mix up what layouts and ranks make of one page. */
final class LayoutFaults {
  private static final String LARGE = "pages_ofALargeBatch_goBetweenLayoutsInOrder";
  private static final String TWO_BY_FOUR = "pagesOfTwoRanks_areRestoredByFour";
  private static final String FOUR_BY_TWO = "pagesOfFourRanks_areRestoredByTwo";
  private static final String TWO_BY_ONE = "pagesOfTwoRanks_areRestoredByOne";
  private static final String ONE_BY_TWO = "pagesOfOneRank_areRestoredByTwo";
  private static final String NOT_MIXED = "pagesOfTwoRanks_underOneMultiple_areNotMixed";
  private static final String HALF = "pagesOfHalfTheRanks_areNotThereForOne";
  private static final String STATES = "statesOfTwoRanks_underOneMultiple_areEachRanksOwn";
  private static final String LATENT_STATES = "statesOfTwoRanks_ofLatentAttention_areEachRanksOwn";

  private LayoutFaults() {}

  static List<Fault> ofLayouts() {
    return List.of(
        Fault.before(
            "takes every pool for layer_first",
            TakesForLayerFirst::new,
            "pages_storedLayerFirst_goBetweenPoolsOfAllLayouts",
            "pages_storedPageFirst_goBetweenPoolsOfAllLayouts",
            "pages_storedPageFirstDirect_goBetweenPoolsOfAllLayouts",
            "pages_storedPageHead_goBetweenPoolsOfAllLayouts",
            "latentPages_storedLayerFirst_goBetweenPoolsOfAllLayouts",
            "latentPages_storedPageFirst_goBetweenPoolsOfAllLayouts",
            "latentPages_storedPageFirstDirect_goBetweenPoolsOfAllLayouts"),
        Fault.before(
            "reads as many pages as it has buffers",
            right ->
                new Forwarding(right) {
                  @Override
                  public BatchResult batchGetV1(
                      List<PageKey> hashes, long[] slots, CallOptions options) {
                    int count = Math.min(64, hashes.size());
                    super.batchGetV1(
                        hashes.subList(0, count), Arrays.copyOf(slots, count), options);
                    return BatchResult.all(hashes.size(), DONE);
                  }
                },
            LARGE,
            "getV1_ofAnAbsentPageIntoAnotherLayout_leavesThePool"));
  }

  static List<Fault> ofRanks() {
    return List.of(
        new Fault.Named(
            "keeps pages apart by the tensor size",
            Set.of(TWO_BY_FOUR, FOUR_BY_TWO, TWO_BY_ONE, ONE_BY_TWO)) {
          @Override
          public StorageConfig identity(StorageConfig config) {
            return config.ranks().tpLcmSize().isPresent()
                ? config.withRevision("tp" + config.ranks().tpSize())
                : config;
          }
        },
        naming(
            "names no head groups",
            "tp-lcm-size",
            TWO_BY_FOUR,
            FOUR_BY_TWO,
            TWO_BY_ONE,
            ONE_BY_TWO,
            NOT_MIXED,
            HALF,
            STATES),
        naming("names states of latent attention by no rank", "mla", LATENT_STATES));
  }

  /** Names pages as if a field of their namespace's record were not there. */
  private static Fault naming(String name, String field, String... rules) {
    return new Fault.Named(name, Set.of(rules)) {
      @Override
      public NamespaceRecord naming(NamespaceRecord record) {
        Map<String, String> fields = new HashMap<>(record.fields());
        fields.remove(field);
        return new NamespaceRecord(record.id(), fields);
      }
    };
  }

  private static final class TakesForLayerFirst extends Forwarding {
    TakesForLayerFirst(HiCacheStorage right) {
      super(right);
    }

    @Override
    public void registerHostPool(HostPool pool) {
      PageLayout layout = PageLayout.LAYER_FIRST;
      super.registerHostPool(
          switch (pool.shape()) {
            case MhaShape(var own, var slots, var layers, var heads, var dim, var element) ->
                HostPool.over(
                    pool.name(),
                    new MhaShape(layout, slots, layers, heads, dim, element),
                    pool.buffers());
            case MlaShape(var own, var slots, var layers, var row, var element, var dcp) ->
                HostPool.over(
                    pool.name(),
                    new MlaShape(layout, slots, layers, row, element, dcp),
                    pool.buffers());
            default -> pool;
          });
    }
  }
}
