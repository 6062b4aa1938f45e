package io.hicache.cli;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.DeadlineMode;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import io.hicache.Region;
import io.hicache.Registration;
import io.hicache.StorageStats;
import io.hicache.StoreReport;
import io.hicache.spi.NamespaceRecord;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One namespace in memory. */
final class MemoryStorage implements HiCacheStorage {
  private final NamespaceRecord namespace;
  private final Map<PageKey, byte[]> pages = new ConcurrentHashMap<>();
  private final Set<PageKey> damaged = ConcurrentHashMap.newKeySet();
  private volatile boolean tellsLength = true;

  MemoryStorage(NamespaceRecord namespace) {
    this.namespace = namespace;
  }

  NamespaceRecord namespace() {
    return namespace;
  }

  MemoryStorage tellingLength(boolean tells) {
    tellsLength = tells;
    return this;
  }

  void damage(String key) {
    damaged.add(new PageKey(key));
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return each(targets, this::read);
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return each(
        sources,
        page -> {
          if (!options.overwrite() && pages.containsKey(page.key())) {
            return Outcome.KEPT;
          }
          pages.put(page.key(), bytes(page));
          return Outcome.DONE;
        });
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return each(keys, key -> pages.containsKey(key) ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return each(keys, key -> pages.remove(key) != null ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    byte[] bytes = pages.get(key);
    return bytes == null || !tellsLength ? OptionalLong.empty() : OptionalLong.of(bytes.length);
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
    pages.clear();
  }

  @Override
  public StoreReport inspect() {
    long bytes = pages.values().stream().mapToLong(page -> page.length).sum();
    return new StoreReport(
        "memory",
        namespace.id(),
        OptionalLong.of(pages.size()),
        OptionalLong.of(bytes),
        OptionalLong.of(1 << 20),
        Map.of("made-up-counter", "7"));
  }

  @Override
  public StorageStats stats() {
    return new StorageStats(Map.of(), 0, 0);
  }

  @Override
  public Capabilities capabilities() {
    EnumSet<Feature> features = EnumSet.of(Feature.DELETES, Feature.CLEARS);
    if (tellsLength) {
      features.add(Feature.TELLS_LENGTH);
    }
    return new Capabilities(DeadlineMode.COPIES, features, Set.of(), Optional.empty());
  }

  @Override
  public void close() {}

  private Outcome read(Page target) {
    byte[] bytes = pages.get(target.key());
    if (bytes == null) {
      return Outcome.ABSENT;
    }
    if (bytes.length != target.bytes() || damaged.contains(target.key())) {
      return Outcome.MISMATCH;
    }
    int offset = 0;
    for (Part part : target.parts()) {
      MemorySegment segment = ((HostPart) part).segment();
      MemorySegment.copy(
          bytes, offset, segment, ValueLayout.JAVA_BYTE, 0, Math.toIntExact(part.bytes()));
      offset += Math.toIntExact(part.bytes());
    }
    return Outcome.DONE;
  }

  private static byte[] bytes(Page page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : page.parts()) {
      bytes.writeBytes(((HostPart) part).segment().toArray(ValueLayout.JAVA_BYTE));
    }
    return bytes.toByteArray();
  }

  private static <T> BatchResult each(List<T> positions, Function<T, Outcome> work) {
    return BatchResult.of(positions.stream().map(work).toList(), null);
  }
}
