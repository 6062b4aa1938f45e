package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.pool.HostPool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Guards that let a wrong slot, pool or transfer pass, or move something before they refuse. */
final class BadSlotFaults {
  private static final String OUTSIDE = "v1_ofASlotOutsideThePool_isRefused";
  private static final String INSIDE = "v1_ofASlotInsideAPage_isRefused";
  private static final String NUMBER = "v1_ofFewerOrMoreSlotsThanKeys_isRefused";
  private static final String SLOT_TWICE = "getV1_intoOneSlotTwice_isRefused";
  private static final String KEY_TWICE = "setV1_ofOneKeyTwice_isRefused";
  private static final String UNREGISTERED = "v2_ofAPoolThatIsNotRegistered_isRefused";
  private static final String POOL_TWICE = "v2_ofOnePoolTwice_isRefused";
  private static final String QUESTION = "v2_ofAQuestionWithoutSlots_isRefusedAsAMove";
  private static final String ONE_POOL = "v2_ofASlotOutsideOnePool_movesNothingOfTheOthers";

  private BadSlotFaults() {}

  static List<Fault> ofSlots() {
    return List.of(
        wrong(
            "takes a slot for one of its page",
            (move, keys, slots) ->
                move.of(
                    keys,
                    LongStream.of(slots).map(slot -> slot - (slot < 32 ? slot % 4 : 0)).toArray()),
            INSIDE),
        wrong(
            "takes a slot outside the pool for one inside",
            (move, keys, slots) ->
                move.of(
                    keys,
                    LongStream.of(slots).map(slot -> slot % 4 == 0 ? slot & 28 : slot).toArray()),
            OUTSIDE));
  }

  static List<Fault> ofCounts() {
    return List.of(
        wrong(
            "makes as many slots as keys of any number",
            (move, keys, slots) -> move.of(keys, Arrays.copyOf(slots, keys.size())),
            NUMBER),
        wrong(
            "answers two pages of one slot with a miss",
            (move, keys, slots) ->
                LongStream.of(slots).distinct().count() < keys.size() && slots.length == keys.size()
                    ? BatchResult.all(keys.size(), ABSENT)
                    : move.of(keys, slots),
            SLOT_TWICE),
        wrong(
            "writes one of two equal keys",
            (move, keys, slots) -> {
              List<PageKey> distinct = List.copyOf(new LinkedHashSet<>(keys));
              return distinct.size() == keys.size()
                  ? move.of(keys, slots)
                  : move.of(distinct, Arrays.copyOf(slots, distinct.size()));
            },
            KEY_TWICE));
  }

  static List<Fault> ofOrder() {
    return List.of(
        wrong(
            "moves what it can before it refuses",
            (move, keys, slots) -> {
              if (keys.size() > 1) {
                move.of(keys.subList(0, 1), Arrays.copyOf(slots, 1));
              }
              return move.of(keys, slots);
            },
            OUTSIDE,
            INSIDE,
            NUMBER,
            SLOT_TWICE,
            KEY_TWICE));
  }

  static List<Fault> ofPools() {
    return List.of(
        wrong(
            "answers without a pool as without a page",
            (move, keys, slots) -> {
              try {
                return move.of(keys, slots);
              } catch (IllegalArgumentException e) {
                if (String.valueOf(e.getMessage()).contains("must be registered")) {
                  return BatchResult.all(keys.size(), ABSENT);
                }
                throw e;
              }
            },
            "v1_withoutAPool_isRefused"),
        registering(
            "takes another pool of a name for the first",
            "registered once",
            "registerHostPool_ofOneNameTwice_isRefused"),
        registering(
            "takes a rank's own pages for every rank's",
            "same bytes",
            "registerHostPool_ofOtherBytesOnEveryRankOfLatentAttention_isRefused"));
  }

  static List<Fault> ofTransfers() {
    return List.of(
        Fault.before(
            "moves the pools that it can",
            MovesWhatItCan::new,
            UNREGISTERED,
            QUESTION,
            ONE_POOL,
            POOL_TWICE),
        Fault.before(
            "answers by slot after it was closed",
            AnswersAfterClose::new,
            "poolCalls_afterClose_areRefusedAndTouchNothing"));
  }

  /** What a wrong storage does instead of a move by slot. */
  @FunctionalInterface
  private interface Wrong {
    BatchResult move(SlotFaults.Move move, List<PageKey> keys, long[] slots);
  }

  private static Fault wrong(String name, Wrong wrong, String... rules) {
    return Fault.before(
        name,
        right ->
            new SlotFaults.BySlot(right) {
              @Override
              BatchResult move(SlotFaults.Move move, List<PageKey> keys, long[] slots) {
                return wrong.move(move, keys, slots);
              }
            },
        rules);
  }

  private static Fault registering(String name, String silenced, String rule) {
    return Fault.before(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public void registerHostPool(HostPool pool) {
                try {
                  super.registerHostPool(pool);
                } catch (IllegalArgumentException e) {
                  if (!String.valueOf(e.getMessage()).contains(silenced)) {
                    throw e;
                  }
                }
              }
            },
        rule);
  }

  private static final class MovesWhatItCan extends Forwarding {
    MovesWhatItCan(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Map<PoolName, BatchResult> batchSetV2(
        List<PoolTransfer> transfers, CallOptions options) {
      Map<PoolName, BatchResult> results = new LinkedHashMap<>();
      for (PoolTransfer transfer : transfers) {
        try {
          results.putAll(super.batchSetV2(List.of(transfer), options));
        } catch (IllegalArgumentException e) {
          results.put(transfer.pool(), BatchResult.all(transfer.keys().size(), ABSENT));
        }
      }
      return results;
    }
  }

  private static final class AnswersAfterClose extends Forwarding {
    AnswersAfterClose(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGetV1(List<PageKey> hashes, long[] slots, CallOptions options) {
      try {
        return super.batchGetV1(hashes, slots, options);
      } catch (IllegalStateException e) {
        return BatchResult.all(hashes.size(), ABSENT);
      }
    }
  }
}
