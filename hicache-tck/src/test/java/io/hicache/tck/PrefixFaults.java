package io.hicache.tck;

import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.HitPolicy;
import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Storages that promise prefixes which cannot be restored, or do not know of those that can. */
final class PrefixFaults {
  private static final String TRAILING =
      "existsV2_ofATrailingPool_listsEveryLengthThatItCanRestore";
  private static final String TWO = "existsV2_ofTwoPools_isNotTheLeastOfTheirLongest";
  private static final String GAP = "existsV2_overAGapOfKeysAndValues_stopsThere";
  private static final String WINDOW = "existsV2_ofAWindow_needsItsPagesAndNoMore";
  private static final String PLACEHOLDERS = "existsV2_withPlaceholders_countsThemAlone";
  private static final String ALONE = "existsV2_ofKeysAndValuesAlone_listsEveryLength";
  private static final String NOTHING = "existsV2_ofNothing_isZero";
  private static final String RANDOM = "existsV2_ofRandomPages_isWhatTheDefinitionSays";

  private PrefixFaults() {}

  static List<Fault> ofAnswers() {
    return List.of(
        answering(
            "takes the least of the longest for the longest",
            hits -> with(hits, upTo(least(hits))),
            TRAILING,
            TWO,
            WINDOW,
            PLACEHOLDERS,
            RANDOM),
        answering(
            "lists every length up to the longest",
            hits -> with(hits, upTo(hits.best())),
            TRAILING,
            TWO,
            WINDOW,
            PLACEHOLDERS,
            RANDOM));
  }

  static List<Fault> ofLongest() {
    return List.of(
        answering(
            "lists the longest alone",
            hits -> with(hits, hits.best() == 0 ? List.of() : List.of(hits.best())),
            TRAILING,
            GAP,
            WINDOW,
            ALONE,
            RANDOM),
        answering(
            "takes the longest of all for each pool's own",
            hits -> {
              Map<PoolName, Integer> pools = new HashMap<>(hits.poolPages());
              pools.replaceAll((pool, pages) -> hits.best());
              return new PrefixHits(hits.kvPages(), pools, hits.restorable(), Optional.empty());
            },
            TWO,
            RANDOM));
  }

  static List<Fault> ofQuestions() {
    return List.of(
        asking(
            "asks for keys and values alone",
            each -> Optional.empty(),
            TRAILING,
            TWO,
            GAP,
            WINDOW,
            PLACEHOLDERS,
            NOTHING,
            RANDOM));
  }

  static List<Fault> ofWindows() {
    return List.of(
        asking(
            "takes every window for one page",
            each -> Optional.of(PoolTransfer.asking(each.pool(), each.policy(), 1)),
            WINDOW,
            PLACEHOLDERS,
            RANDOM),
        asking(
            "needs no page where the number is left out",
            each ->
                each.policy() == HitPolicy.TRAILING_PAGES && each.keys().isEmpty()
                    ? Optional.empty()
                    : Optional.of(each),
            WINDOW,
            RANDOM),
        asking(
            "needs every page of a window's pool",
            each -> Optional.of(PoolTransfer.asking(each.pool(), HitPolicy.ALL_PAGES, 0)),
            TRAILING,
            TWO,
            WINDOW,
            PLACEHOLDERS,
            RANDOM));
  }

  static List<Fault> ofPlaceholders() {
    return List.of(
        asking(
            "needs the last page alone of all",
            each -> Optional.of(PoolTransfer.asking(each.pool(), HitPolicy.TRAILING_PAGES, 1)),
            WINDOW,
            PLACEHOLDERS,
            RANDOM),
        asking(
            "knows placeholders by their name",
            each ->
                each.keys().stream().anyMatch(key -> key.value().startsWith("prompt"))
                    ? Optional.of(PoolTransfer.asking(each.pool(), each.policy(), 1))
                    : Optional.of(each),
            PLACEHOLDERS),
        Fault.before("counts over gaps", CountsOverGaps::new, GAP, RANDOM));
  }

  private static final class CountsOverGaps extends Forwarding {
    CountsOverGaps(HiCacheStorage right) {
      super(right);
    }

    @Override
    public PrefixHits batchExistsV2(
        List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions options) {
      List<PageKey> present = hashes.stream().filter(key -> exists(key, options)).toList();
      return super.batchExistsV2(present.isEmpty() ? hashes : present, transfers, options);
    }
  }

  private static int least(PrefixHits hits) {
    return hits.poolPages().values().stream()
        .mapToInt(Integer::intValue)
        .reduce(hits.kvPages(), Math::min);
  }

  private static List<Integer> upTo(int length) {
    return IntStream.rangeClosed(1, length).boxed().toList();
  }

  private static PrefixHits with(PrefixHits hits, List<Integer> restorable) {
    return new PrefixHits(hits.kvPages(), hits.poolPages(), restorable, Optional.empty());
  }

  private static Fault answering(String name, UnaryOperator<PrefixHits> wrong, String... rules) {
    return Fault.before(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public PrefixHits batchExistsV2(
                  List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions options) {
                return wrong.apply(super.batchExistsV2(hashes, transfers, options));
              }
            },
        rules);
  }

  private static Fault asking(
      String name, Function<PoolTransfer, Optional<PoolTransfer>> wrong, String... rules) {
    return Fault.before(
        name,
        right ->
            new Forwarding(right) {
              @Override
              public PrefixHits batchExistsV2(
                  List<PageKey> hashes, List<PoolTransfer> transfers, CallOptions options) {
                List<PoolTransfer> others =
                    transfers.stream().map(wrong).flatMap(Optional::stream).toList();
                return super.batchExistsV2(hashes, others, options);
              }
            },
        rules);
  }
}
