package io.hicache.resp;

import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.Program;
import io.hicache.spi.GuardedStorage;
import io.hicache.spi.NamespaceRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A storage on a server, and pages with memory around them that nobody may touch. */
final class Rig implements AutoCloseable {
  static final byte CANARY = 0x5c;
  private static final int FENCE = 4096;

  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> fenced = new ArrayList<>();
  private final @Nullable HiCacheStorage storage;
  private final StorageConfig config;

  /** Memory alone. */
  Rig() {
    config = at(ServerUrl.PORT);
    storage = null;
  }

  Rig(StorageConfig options) {
    config = options;
    storage = open(options);
  }

  /** Returns the servers to run a test on; JUnit may not look into the kit's package itself. */
  static Stream<Program> programs() {
    return Program.all();
  }

  static StorageConfig at(int port) {
    return StorageConfig.of("rig-model", "bfloat16", 64)
        .withOption("host", "127.0.0.1")
        .withOption("port", Integer.toString(port));
  }

  /** Opens as a provider does. */
  static HiCacheStorage open(StorageConfig options) {
    RespConfig server = ServerOptions.of("redis").read(options);
    NamespaceRecord record = NamespaceRecord.of(options, Optional.empty());
    return GuardedStorage.over(
        "redis", RespStorage.open(server, record, true, options.ranks()), options);
  }

  HiCacheStorage storage() {
    return Objects.requireNonNull(storage, "this rig has memory alone");
  }

  /** Returns the name of a page in the server. */
  String name(PageKey key) {
    return new PageNaming(
            NamespaceRecord.of(config, Optional.empty()),
            RankCoordinates.SINGLE,
            StoredForm.HashTag.PAGE)
        .name(key);
  }

  /** Returns pages of content made from their keys. */
  List<Page> sources(String prefix, int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          PageKey key = new PageKey(prefix + i);
          MemorySegment segment = memory(bytes);
          fill(segment, key);
          return Page.of(key, segment);
        })
        .toList();
  }

  /** Returns pages of canaries. */
  List<Page> targets(String prefix, int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> Page.of(new PageKey(prefix + i), memory(bytes)))
        .toList();
  }

  static MemorySegment segment(Page page) {
    return ((HostPart) page.parts().getFirst()).segment();
  }

  static boolean holds(Page page) {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment expected = own.allocate(page.bytes());
      fill(expected, page.key());
      return expected.mismatch(segment(page)) < 0;
    }
  }

  static boolean untouched(Page page) {
    return onlyCanaries(segment(page));
  }

  /** Fills every target with canaries, as its owner may once the call has returned. */
  static void takeBack(List<Page> pages) {
    pages.forEach(page -> segment(page).fill(CANARY));
  }

  /** Tells whether the memory around all pages is as it was. */
  boolean fencesHold() {
    return fenced.stream()
        .allMatch(all ->
            onlyCanaries(all.asSlice(0, FENCE))
                && onlyCanaries(all.asSlice(all.byteSize() - FENCE)));
  }

  @Override
  public void close() {
    if (storage != null) {
      storage.close();
    }
    arena.close();
  }

  private MemorySegment memory(int bytes) {
    MemorySegment all = arena.allocate(bytes + 2L * FENCE, 4096).fill(CANARY);
    fenced.add(all);
    return all.asSlice(FENCE, bytes);
  }

  private static void fill(MemorySegment segment, PageKey key) {
    SplittableRandom random = new SplittableRandom(key.hashCode());
    for (long i = 0; i < segment.byteSize(); i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
  }

  private static boolean onlyCanaries(MemorySegment segment) {
    for (long i = 0; i < segment.byteSize(); i++) {
      if (segment.get(ValueLayout.JAVA_BYTE, i) != CANARY) {
        return false;
      }
    }
    return true;
  }
}
