package io.hicache.spi;

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
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A backend that keeps pages on the heap, and on every entry does what a test told it to. It notes
 * what it was asked, and whether it was ever entered when it must not be.
 */
class ScriptedStorage implements HiCacheStorage {
  static final Capabilities ABLE = capabilities(EnumSet.allOf(Feature.class), Optional.empty());

  final List<String> events = new CopyOnWriteArrayList<>();
  final AtomicInteger trespasses = new AtomicInteger();
  volatile Consumer<String> step = name -> {};
  private volatile boolean forgetful;
  volatile UnaryOperator<BatchResult> answer = UnaryOperator.identity();
  private final Map<PageKey, byte[]> pages = new ConcurrentHashMap<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final Capabilities capabilities;
  private volatile boolean closed;

  ScriptedStorage(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  static Capabilities capabilities(Set<Feature> features, Optional<Duration> closeTimeout) {
    return new Capabilities(DeadlineMode.NONE, features, Set.of(), closeTimeout);
  }

  static Capabilities closingWithin(Duration timeout) {
    return capabilities(EnumSet.allOf(Feature.class), Optional.of(timeout));
  }

  /** Runs before each entry's own work; {@code name} is the method's. */
  ScriptedStorage on(Consumer<String> whatToDo) {
    step = whatToDo;
    return this;
  }

  /** Keeps no list of events from now on: for many calls. */
  ScriptedStorage forgetful() {
    forgetful = true;
    return this;
  }

  private void note(String event) {
    if (!forgetful) {
      events.add(event);
    }
  }

  long count(String event) {
    return events.stream().filter(event::equals).count();
  }

  @Override
  public BatchResult batchGet(List<Page> targets, CallOptions options) {
    return each("batchGet", targets, this::read);
  }

  @Override
  public BatchResult batchSet(List<Page> sources, CallOptions options) {
    return each(
        "batchSet",
        sources,
        page -> {
          byte[] bytes = bytes(page);
          return pages.putIfAbsent(page.key(), bytes) == null ? Outcome.DONE : Outcome.KEPT;
        });
  }

  @Override
  public BatchResult batchPresent(List<PageKey> keys, CallOptions options) {
    return each(
        "batchPresent", keys, key -> pages.containsKey(key) ? Outcome.DONE : Outcome.ABSENT);
  }

  @Override
  public BatchResult batchDelete(List<PageKey> keys, CallOptions options) {
    return each(
        "batchDelete", keys, key -> pages.remove(key) == null ? Outcome.ABSENT : Outcome.DONE);
  }

  @Override
  public BatchResult warm(List<PageKey> keys, CallOptions options) {
    return each("warm", keys, key -> Outcome.DONE);
  }

  @Override
  public OptionalLong length(PageKey key, CallOptions options) {
    return entered(
        "length",
        () ->
            Optional.ofNullable(pages.get(key))
                .map(bytes -> OptionalLong.of(bytes.length))
                .orElseGet(OptionalLong::empty));
  }

  @Override
  public Registration register(Region region) {
    return entered("register", () -> new Known(region));
  }

  @Override
  public void clear() {
    entered(
        "clear",
        () -> {
          pages.clear();
          return true;
        });
  }

  @Override
  public StoreReport inspect() {
    return entered(
        "inspect",
        () ->
            new StoreReport(
                "scripted",
                "test",
                OptionalLong.of(pages.size()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Map.of()));
  }

  @Override
  public StorageStats stats() {
    throw new UnsupportedOperationException("the guard counts");
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void close() {
    if (closed || inside.get() > 0) {
      trespasses.incrementAndGet();
    }
    closed = true;
    note("close");
    step.accept("close");
  }

  @Override
  public String toString() {
    return "scripted";
  }

  /** Memory known to this backend. */
  private final class Known implements Registration {
    private final Region region;

    Known(Region region) {
      this.region = region;
    }

    @Override
    public Region region() {
      return region;
    }

    @Override
    public void close() {
      if (closed) {
        trespasses.incrementAndGet();
      }
      note("deregister " + region.bytes());
      step.accept("deregister " + region.bytes());
    }
  }

  /** What one position of a batch comes to. */
  private interface Position<T> {
    Outcome of(T asked);
  }

  private <T> BatchResult each(String name, List<T> asked, Position<T> position) {
    return entered(
        name, () -> answer.apply(BatchResult.of(asked.stream().map(position::of).toList(), null)));
  }

  private <T> T entered(String name, java.util.function.Supplier<T> work) {
    inside.incrementAndGet();
    try {
      if (closed) {
        trespasses.incrementAndGet();
      }
      note(name);
      step.accept(name);
      T answered = work.get();
      if (closed) {
        trespasses.incrementAndGet();
      }
      return answered;
    } finally {
      inside.decrementAndGet();
    }
  }

  private Outcome read(Page target) {
    byte[] bytes = pages.get(target.key());
    if (bytes == null) {
      return Outcome.ABSENT;
    }
    if (bytes.length != target.bytes()) {
      return Outcome.MISMATCH;
    }
    int from = 0;
    for (MemorySegment segment : segments(target)) {
      int count = Math.toIntExact(segment.byteSize());
      MemorySegment.copy(bytes, from, segment, ValueLayout.JAVA_BYTE, 0, count);
      from += count;
    }
    return Outcome.DONE;
  }

  private static byte[] bytes(Page source) {
    byte[] bytes = new byte[Math.toIntExact(source.bytes())];
    int from = 0;
    for (MemorySegment segment : segments(source)) {
      int count = Math.toIntExact(segment.byteSize());
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, 0, bytes, from, count);
      from += count;
    }
    return bytes;
  }

  private static List<MemorySegment> segments(Page page) {
    return page.parts().stream()
        .map((Part part) -> part instanceof HostPart host ? host.segment() : MemorySegment.NULL)
        .toList();
  }
}
