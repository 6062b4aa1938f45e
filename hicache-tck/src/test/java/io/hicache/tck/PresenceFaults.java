package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.PoolName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Storages that do not know what they hold, or remove something else than they were told. */
final class PresenceFaults {
  private PresenceFaults() {}

  static List<Fault> ofPresence() {
    return List.of(
        Fault.before(
            "counts over gaps",
            CountsOverGaps::new,
            "batchExists_overAGap_stopsThere",
            "batchExists_withoutTheFirst_isZero",
            "batchExists_ofRepeatedKeys_countsEach"),
        presence(
            "answers the first of repeated keys alone",
            PresenceFaults::firstOfRepeated,
            "batchPresent_ofRepeatedKeys_answersForEach",
            "batchExists_ofRepeatedKeys_countsEach"),
        presence(
            "forgets keys beyond 4,096",
            (keys, i, outcome) -> i < 4096 ? outcome : ABSENT,
            "batchPresent_ofThousandsOfKeys_answersForEach"),
        presence(
            "finds a page in any pool",
            (keys, i, outcome) -> keys.get(i).pool().equals(PoolName.KV) ? outcome : DONE,
            "exists_inAnotherPool_isFalse"));
  }

  static List<Fault> ofLengths() {
    return List.of(
        length(
            "counts its own overhead in",
            found -> found.isPresent() ? OptionalLong.of(found.getAsLong() + 16) : found,
            "length_ofPresentPage_isItsPayloadWhereTheStoreCanTell",
            "length_ofReplacedPage_isTheNewOne"),
        length(
            "takes an absent page for an empty one",
            found -> OptionalLong.of(found.orElse(0)),
            "length_ofAbsentPage_isEmpty"));
  }

  static List<Fault> ofDeletes() {
    return List.of(
        Fault.behind(
            "answers DONE for what was not there",
            right ->
                new Forwarding(right) {
                  @Override
                  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
                    super.batchDelete(keys, options);
                    return BatchResult.all(keys.size(), DONE);
                  }
                },
            "delete_absentPage_isAbsent",
            "batchDelete_ofPresentAndAbsent_answersInOrder"),
        Fault.behind(
            "deletes from every pool",
            (right, space) ->
                new Forwarding(right) {
                  @Override
                  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
                    BatchResult result = super.batchDelete(keys, options);
                    keys.forEach(key -> space.pages().remove(key.in(PoolName.KV)));
                    return result;
                  }
                },
            "delete_inOnePool_leavesTheOther"));
  }

  static List<Fault> ofClears() {
    return List.of(
        clearing(
            "clears one pool",
            space -> space.pages().keySet().removeIf(key -> key.pool().equals(PoolName.KV)),
            "clear_removesEveryPage"),
        clearing(
            "clears every namespace",
            space -> space.siblings().forEach(each -> each.pages().clear()),
            "clear_leavesOtherNamespaces"));
  }

  private static final class CountsOverGaps extends Forwarding {
    CountsOverGaps(HiCacheStorage right) {
      super(right);
    }

    @Override
    public int batchExists(List<PageKey> keys, CallOptions options) {
      return batchPresent(keys, options).count(DONE);
    }
  }

  /** What one position of a question about presence is answered with. */
  private interface Answer {
    Outcome of(List<PageKey> keys, int position, Outcome right);
  }

  private static Fault presence(String name, Answer answer, String... rules) {
    return Fault.behind(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
                BatchResult result = super.batchPresent(keys, options);
                List<Outcome> outcomes = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                  outcomes.add(answer.of(keys, i, result.get(i)));
                }
                return BatchResult.of(outcomes, result.firstFailure().orElse(null));
              }
            },
        rules);
  }

  private static Outcome firstOfRepeated(List<PageKey> keys, int position, Outcome right) {
    Set<PageKey> before = new HashSet<>(keys.subList(0, Math.min(position, 100)));
    return before.contains(keys.get(position)) ? ABSENT : right;
  }

  private static Fault length(String name, UnaryOperator<OptionalLong> wrong, String... rules) {
    return Fault.behind(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public OptionalLong length(PageKey key, CallOptions options) {
                return wrong.apply(super.length(key, options));
              }
            },
        rules);
  }

  private static Fault clearing(String name, Consumer<ReferenceSpace> wrong, String... rules) {
    return Fault.behind(
        name,
        (right, space) ->
            new Forwarding(right) {
              @Override
              public void clear() {
                wrong.accept(space);
              }
            },
        rules);
  }
}
