package io.hicache.bench.pools;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.bench.Entrant;
import io.hicache.bench.file.Attic;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What the contestants of a trip share: a pool of each layout, whose first pages are written and
 * whose others are read into, and for reads a store that has the former.
 */
final class TripWorkload implements Closeable {
  private static final List<PageLayout> LAYOUTS =
      List.of(PageLayout.LAYER_FIRST, PageLayout.PAGE_FIRST);

  private final TripCell cell;
  private final Path directory;
  private final Attic attic;
  private final SplittableRandom random = new SplittableRandom();
  private final Map<PageLayout, CellPool> pools = new EnumMap<>(PageLayout.class);
  private final List<PageKey> stored;

  private TripWorkload(TripCell cell, Path directory) throws IOException {
    this.cell = cell;
    this.directory = directory;
    this.attic = new Attic(directory.resolve("attic"));
    this.stored = freshKeys();
    LAYOUTS.forEach(layout -> pools.put(layout, new CellPool(layout, 2 * cell.batch(), 1)));
  }

  static TripWorkload open(TripCell cell, Path under) throws IOException {
    String name = Long.toString(ProcessHandle.current().pid());
    TripWorkload workload = new TripWorkload(cell, Files.createDirectory(under.resolve(name)));
    try {
      if (!cell.write()) {
        LAYOUTS.forEach(workload::storeAll);
      }
      return workload;
    } catch (RuntimeException e) {
      workload.close();
      throw e;
    }
  }

  /** Moves pages by naming their slots. */
  Entrant bySlot(PageLayout layout) {
    return new TripEntrant(this, pool(layout), new SlotTrip(openStore(layout), pool(layout)));
  }

  /** Moves pages of a layer-first pool by a buffer, as large as so many pages. */
  Entrant bounced(int pages) {
    CellPool pool = pool(PageLayout.LAYER_FIRST);
    return new TripEntrant(
        this, pool, new BounceTrip(openStore(PageLayout.LAYER_FIRST), pool, pages));
  }

  TripCell cell() {
    return cell;
  }

  /** Returns the keys of the stored pages of any layout. */
  List<PageKey> stored() {
    return stored;
  }

  /** Makes a batch of keys that no page has had. */
  List<PageKey> freshKeys() {
    return Stream.generate(this::freshKey).limit(cell.batch()).toList();
  }

  /** Puts away all that was written. */
  void putStoreAway() throws IOException {
    attic.takeAll(directory.resolve("ours"), CellPool.PAGE_BYTES);
  }

  @Override
  public void close() throws IOException {
    pools.values().forEach(CellPool::close);
    attic.takeAll(directory, 1);
  }

  private CellPool pool(PageLayout layout) {
    return Objects.requireNonNull(pools.get(layout), layout::label);
  }

  private HiCacheStorage openStore(PageLayout layout) {
    StorageConfig config =
        StorageConfig.of("benchmark", "bfloat16", 64)
            .withLayout(layout)
            .withOption("dir", directory.resolve("ours").toString());
    HiCacheStorage store = HiCacheStorages.open("file", config);
    store.registerHostPool(pool(layout).host());
    return store;
  }

  private void storeAll(PageLayout layout) {
    try (HiCacheStorage store = openStore(layout)) {
      store.batchSetV1(stored, pool(layout).slots(0, cell.batch()));
    }
  }

  private PageKey freshKey() {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return new PageKey(HexFormat.of().formatHex(digest));
  }
}
