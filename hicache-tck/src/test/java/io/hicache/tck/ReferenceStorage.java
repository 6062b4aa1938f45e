package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.DeadlineMode;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.spi.BatchRecorder;
import io.hicache.spi.Deadline;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What the contract asks for in the fewest lines: the right answers the wrong ones are told by. */
final class ReferenceStorage implements HiCacheStorage {
  /** Everything that a copy on the heap can do. */
  static final Set<Feature> FEATURES =
      EnumSet.of(Feature.TELLS_LENGTH, Feature.DELETES, Feature.CLEARS, Feature.CHECKSUMS);

  private final ReferenceSpace space;

  ReferenceStorage(ReferenceSpace space) {
    this.space = space;
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return each(targets, options, space::read);
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return each(sources, options, source -> space.write(source, options.overwrite()));
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return each(keys, options, key -> space.pages().containsKey(key) ? DONE : ABSENT);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return each(keys, options, key -> space.pages().remove(key) == null ? ABSENT : DONE);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    ReferenceSpace.Stored stored = exists(key, options) ? space.pages().get(key) : null;
    return stored == null ? OptionalLong.empty() : OptionalLong.of(stored.bytes().length);
  }

  @Override
  public Registration register(Region region) {
    return new Registration() {
      @Override
      public Region region() {
        return region;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void clear() {
    space.pages().clear();
  }

  @Override
  public StoreReport inspect() {
    long bytes = space.pages().values().stream().mapToLong(stored -> stored.bytes().length).sum();
    return new StoreReport(
        ReferenceProvider.NAME,
        space.record().id(),
        OptionalLong.of(space.pages().size()),
        OptionalLong.of(bytes),
        OptionalLong.empty(),
        Map.of());
  }

  @Override
  public StorageStats stats() {
    return new StorageStats(Map.of(), 0, 0);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(DeadlineMode.COPIES, FEATURES, Set.of(), Optional.empty());
  }

  @Override
  public void close() {}

  private static <T> BatchResult each(
      List<T> positions, CallOptions options, Function<T, Outcome> work) {
    Deadline deadline = Deadline.of(options);
    BatchRecorder recorder = new BatchRecorder(positions.size());
    for (int i = 0; i < positions.size() && !Thread.currentThread().isInterrupted(); i++) {
      if (deadline.passed()) {
        recorder.deadlinePassed("reference");
        break;
      }
      recorder.record(i, work.apply(positions.get(i)));
    }
    return recorder.result();
  }
}
