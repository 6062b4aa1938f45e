package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.PoolTransfer;
import io.hicache.pool.HostPool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Storages that lose their way between slots and pages. */
final class SlotFaults {
  private static final String STORES = "setV1_ofScatteredSlots_storesEachFlatPage";
  private static final String FILLS = "getV1_intoScatteredSlots_fillsThoseAndNoOther";
  private static final String MOVES = "getV1_afterSetV1_bringsThePagesToOtherSlots";
  private static final String MIXED = "getV1_ofPresentAbsentAndWrongLength_answersInOrder";
  private static final String KEEPS = "setV1_ofPresentPages_keepsThemUnlessOverwriting";
  private static final String ELSEWHERE = "v1_ofKeysInAnotherPool_meansKeysAndValues";
  private static final String LATENT = "setV1_ofLatentAttention_writesOnTheFirstRankAlone";

  private SlotFaults() {}

  static List<Fault> ofPages() {
    return List.of(
        Fault.before(
            "fills slots in their own order",
            right -> slots(right, SlotFaults::sorted),
            FILLS,
            MOVES,
            MIXED),
        Fault.behind(
            "puts the last part of a page first",
            Backwards::new,
            STORES,
            FILLS,
            MIXED,
            KEEPS,
            ELSEWHERE),
        Fault.before("clears the slot of an absent page", ClearsOnAMiss::new, MIXED));
  }

  static List<Fault> ofOptions() {
    return List.of(
        Fault.before(
            "overwrites by slot",
            right -> options(right, CallOptions.DEFAULT.withOverwrite(true)),
            KEEPS),
        Fault.before(
            "never overwrites by slot", right -> options(right, CallOptions.DEFAULT), KEEPS),
        Fault.before("takes the pool from the keys", TakesTheKeysPool::new, ELSEWHERE),
        Fault.before(
            "has no answer to nothing",
            right ->
                new BySlot(right) {
                  @Override
                  BatchResult move(Move move, List<PageKey> keys, long[] slots) {
                    BatchResult result = move.of(keys, slots);
                    return keys.isEmpty() ? BatchResult.all(1, ABSENT) : result;
                  }
                },
            "v1_ofNothing_answersNothing"));
  }

  static List<Fault> ofRanks() {
    return List.of(
        Fault.before("writes on every rank what is alike on all", WritesOnEveryRank::new, LATENT),
        Fault.before(
            "takes what it keeps for what it wrote",
            right ->
                new BySlot(right) {
                  @Override
                  BatchResult move(Move move, List<PageKey> keys, long[] slots) {
                    BatchResult result = move.of(keys, slots);
                    return result.count(KEPT) > 0 ? BatchResult.all(keys.size(), DONE) : result;
                  }
                },
            KEEPS,
            LATENT));
  }

  /** One of the two forms by slot. */
  @FunctionalInterface
  interface Move {
    BatchResult of(List<PageKey> keys, long[] slots);
  }

  /** Gets one thing wrong in reads and writes by slot alike, unless told to spare one of them. */
  abstract static class BySlot extends Forwarding {
    BySlot(HiCacheStorage right) {
      super(right);
    }

    abstract BatchResult move(Move move, List<PageKey> keys, long[] slots);

    @Override
    public BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
      return move((keys, at) -> super.batchGetV1(keys, at, options), hashes, slots);
    }

    @Override
    public BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
      return move((keys, at) -> super.batchSetV1(keys, at, options), hashes, slots);
    }
  }

  private static long[] sorted(long[] slots) {
    long[] sorted = slots.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static HiCacheStorage slots(HiCacheStorage right, UnaryOperator<long[]> wrong) {
    return new Forwarding(right) {
      @Override
      public BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
        return super.batchGetV1(hashes, wrong.apply(slots), options);
      }
    };
  }

  private static HiCacheStorage options(HiCacheStorage right, CallOptions always) {
    return new Forwarding(right) {
      @Override
      public BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
        return super.batchSetV1(hashes, slots, always);
      }
    };
  }

  private static final class Backwards extends Forwarding {
    Backwards(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      return super.batchGet(targets.stream().map(Backwards::reversed).toList(), options);
    }

    @Override
    public BatchResult batchSet(List<Page> sources, CallOptions options) {
      return super.batchSet(sources.stream().map(Backwards::reversed).toList(), options);
    }

    private static Page reversed(Page page) {
      return new Page(page.key(), page.parts().reversed());
    }
  }

  private static final class ClearsOnAMiss extends Forwarding {
    private final Map<String, HostPool> pools = new LinkedHashMap<>();

    ClearsOnAMiss(HiCacheStorage right) {
      super(right);
    }

    @Override
    public void registerHostPool(HostPool pool) {
      super.registerHostPool(pool);
      pools.put(pool.name().value(), pool);
    }

    @Override
    public BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
      BatchResult result = super.batchGetV1(hashes, slots, options);
      for (int i = 0; i < slots.length; i++) {
        if (result.get(i) == ABSENT) {
          for (Part part : pools.values().iterator().next().parts(slots[i])) {
            ReferenceSpace.memory(part).fill((byte) 0);
          }
        }
      }
      return result;
    }
  }

  private static final class TakesTheKeysPool extends Forwarding {
    TakesTheKeysPool(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
      return hashes.isEmpty()
          ? super.batchSetV1(hashes, slots, options)
          : batchSetV2(List.of(PoolTransfer.of(hashes.getFirst().pool(), hashes, slots)), options)
              .values()
              .iterator()
              .next();
    }
  }

  private static final class WritesOnEveryRank extends Forwarding {
    private final Map<String, HostPool> pools = new LinkedHashMap<>();

    WritesOnEveryRank(HiCacheStorage right) {
      super(right);
    }

    @Override
    public void registerHostPool(HostPool pool) {
      super.registerHostPool(pool);
      pools.put(pool.name().value(), pool);
    }

    @Override
    public BatchResult batchSetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
      BatchResult result = super.batchSetV1(hashes, slots, options);
      return result.count(KEPT) == 0
          ? result
          : batchSet(pools.values().iterator().next().pages(hashes, slots), options);
    }
  }
}
