package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.PoolRanks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Names pages where ranks share a namespace: by head group, each group a page of its own, or by
 * rank. Pages of which every rank has the same keep their name.
 */
final class RankNames extends Forwarding {
  private final RankCoordinates ranks;
  private final boolean mla;

  private RankNames(HiCacheStorage right, RankCoordinates ranks, boolean mla) {
    super(right);
    this.ranks = ranks;
    this.mla = mla;
  }

  /** Puts the names before a storage, where a namespace's ranks are not all one. */
  static HiCacheStorage over(HiCacheStorage right, StorageConfig config, NamespaceRecord record) {
    boolean mla = Boolean.parseBoolean(record.fields().get("mla"));
    String multiple = record.fields().get("tp-lcm-size");
    RankCoordinates ranks = config.ranks();
    if (multiple != null && !mla) {
      return new RankNames(right, ranks.withTpLcm(Integer.parseInt(multiple)), false);
    }
    return mla ? new RankNames(right, ranks, true) : right;
  }

  /** Looks first whether every group is there: a page that lacks one must not touch its target. */
  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    BatchResult there = batchPresent(targets.stream().map(Page::key).toList(), options);
    List<Page> whole =
        IntStream.range(0, targets.size())
            .filter(i -> there.get(i) != ABSENT)
            .mapToObj(targets::get)
            .toList();
    BatchResult read = each(whole, this::runs, pages -> super.batchGet(pages, options));
    List<Outcome> outcomes = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < targets.size(); i++) {
      outcomes.add(there.get(i) == ABSENT ? ABSENT : read.get(next++));
    }
    return BatchResult.of(outcomes, read.firstFailure().orElse(null));
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return each(sources, this::runs, pages -> super.batchSet(pages, options));
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return each(keys, this::names, all -> super.batchPresent(all, options));
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return each(keys, this::names, all -> super.batchDelete(all, options));
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    long sum = 0;
    for (PageKey name : names(key)) {
      OptionalLong length = super.length(name, options);
      if (length.isEmpty()) {
        return length;
      }
      sum += length.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  private List<PageKey> names(PageKey key) {
    if (PoolRanks.perRank(key.pool(), mla)) {
      return List.of(named(key, ".rank" + ranks.tpRank() + "of" + ranks.tpSize()));
    }
    if (mla) {
      return List.of(key);
    }
    int groups = ranks.tpLcmSize().orElseThrow() / ranks.tpSize();
    return IntStream.range(0, groups)
        .mapToObj(group -> named(key, ".group" + (ranks.tpRank() * groups + group)))
        .toList();
  }

  private static PageKey named(PageKey key, String suffix) {
    return new PageKey(key.value() + suffix, key.pool());
  }

  /** Cuts a page into as many equal runs as it has names. */
  private List<Page> runs(Page page) {
    List<PageKey> names = names(page.key());
    long bytes = page.bytes() / names.size();
    List<Page> runs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      runs.add(new Page(names.get(i), cut(page.parts(), i * bytes, (i + 1) * bytes)));
    }
    return runs;
  }

  private static List<Part> cut(List<Part> parts, long from, long to) {
    List<Part> cut = new ArrayList<>();
    long offset = 0;
    for (Part part : parts) {
      long first = Math.max(from, offset) - offset;
      long end = Math.min(to, offset + part.bytes()) - offset;
      if (first < end) {
        cut.add(new HostPart(ReferenceSpace.memory(part).asSlice(first, end - first)));
      }
      offset += part.bytes();
    }
    return cut;
  }

  /** Asks for all objects of all positions at once; the worst of a position's outcomes is its. */
  private static <T> BatchResult each(
      List<T> positions, Function<T, List<T>> objects, Function<List<T>, BatchResult> call) {
    List<T> all = new ArrayList<>();
    positions.forEach(position -> all.addAll(objects.apply(position)));
    BatchResult result = call.apply(all);
    List<Outcome> outcomes = new ArrayList<>();
    int next = 0;
    for (T position : positions) {
      int end = next + objects.apply(position).size();
      outcomes.add(worst(result.outcomes().subList(next, end)));
      next = end;
    }
    return BatchResult.of(outcomes, result.firstFailure().orElse(null));
  }

  private static Outcome worst(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome != DONE && outcome != KEPT && outcome != ABSENT) {
        return outcome;
      }
    }
    return outcomes.contains(ABSENT) ? ABSENT : outcomes.contains(DONE) ? DONE : KEPT;
  }
}
