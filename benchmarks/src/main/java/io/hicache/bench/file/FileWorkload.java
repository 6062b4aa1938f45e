package io.hicache.bench.file;

import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.bench.Entrant;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the contestants of a file cell share: the memory and, for reads, one set of bare files and
 * one of the backend's, each written once.
 */
final class FileWorkload implements Closeable {
  /** Bytes of distinct pages that batches walk over: four times a processor's cache of 32 MiB. */
  private static final long WALKED_BYTES = 128L << 20;

  /** Most batches to walk over, so that a cell of tiny pages has no more files than the others. */
  private static final int MOST_BATCHES = 32;

  private static final AtomicInteger OPENED = new AtomicInteger();

  private final FileCell cell;
  private final Path directory;
  private final PageMemory memory;
  private final SplittableRandom random = new SplittableRandom();
  private final Attic attic;
  private final List<Path> stored = new ArrayList<>();
  private final List<PageKey> keys = new ArrayList<>();

  private FileWorkload(FileCell cell, Path directory) throws IOException {
    this.cell = cell;
    this.directory = directory;
    this.attic = new Attic(directory.resolve("attic"));
    this.memory = new PageMemory(cell.pageBytes(), cell.parts(), cell.batch(), batches(cell));
  }

  static FileWorkload open(FileCell cell, Path under) throws IOException {
    // Short: paths are on the heap.
    String name = ProcessHandle.current().pid() + "-" + OPENED.getAndIncrement();
    FileWorkload workload = new FileWorkload(cell, Files.createDirectory(under.resolve(name)));
    try {
      Files.createDirectory(workload.bareDirectory());
      if (!cell.write()) {
        workload.storeAll();
      }
      return workload;
    } catch (IOException | RuntimeException e) {
      workload.close();
      throw e;
    }
  }

  Entrant bare(int threads, BareFile file) {
    return cell.write()
        ? new BareWrite(this, file, new Crew(threads))
        : new BareRead(this, file, new Crew(threads));
  }

  Entrant store(int threads, boolean checksum) {
    HiCacheStorage store = openStore(threads, checksum);
    return cell.write()
        ? new StoreWrite(this, store, HiCacheStorage::batchSet)
        : new StoreRead(this, store, HiCacheStorage::batchGet);
  }

  Entrant loop(int threads) {
    HiCacheStorage store = openStore(threads, true);
    return cell.write()
        ? new StoreWrite(this, store, FileWorkload::setEach)
        : new StoreRead(this, store, FileWorkload::getEach);
  }

  FileCell cell() {
    return cell;
  }

  PageMemory memory() {
    return memory;
  }

  /** Returns the bare file that holds a page. */
  Path stored(int page) {
    return stored.get(page);
  }

  /** Returns the key under which the backend holds a page. */
  PageKey key(int page) {
    return keys.get(page);
  }

  /** Makes a key that no page has had: as random as a hash. */
  PageKey freshKey() {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return new PageKey(HexFormat.of().formatHex(digest));
  }

  /** Makes the path of a bare file that no page has had. */
  Path freshPath() {
    return bareDirectory().resolve(freshKey().value());
  }

  /** Puts a bare file away. */
  void putAway(Path file) throws IOException {
    attic.take(file);
  }

  /** Puts away all that the backend holds. */
  void putStoreAway() throws IOException {
    attic.takeAll(directory.resolve("ours"), cell.pageBytes());
  }

  /** Frees the memory and empties the files; whoever made the directory removes them. */
  @Override
  public void close() throws IOException {
    memory.close();
    attic.takeAll(directory, 1);
  }

  private static int batches(FileCell cell) {
    long wanted = Math.ceilDiv(WALKED_BYTES, (long) cell.pageBytes() * cell.batch());
    return (int) Math.min(wanted, MOST_BATCHES);
  }

  private Path bareDirectory() {
    return directory.resolve("bare");
  }

  private HiCacheStorage openStore(int threads, boolean checksum) {
    StorageConfig config =
        StorageConfig.of("benchmark", "bfloat16", 64)
            .withOption("dir", directory.resolve("ours").toString())
            .withOption("io-threads", Integer.toString(threads));
    return HiCacheStorages.open("file", checksum ? config : config.withOption("checksum", "off"));
  }

  private void storeAll() throws IOException {
    try (HiCacheStorage store = openStore(1, true)) {
      for (int page = 0; page < memory.pages(); page++) {
        stored.add(freshPath());
        BareFile.PLAIN.write(stored.get(page), memory.source(page));
        keys.add(freshKey());
        store.set(new Page(keys.get(page), memory.source(page)));
      }
    }
  }

  private static BatchResult getEach(HiCacheStorage store, List<Page> pages) {
    return BatchResult.of(pages.stream().map(store::get).toList(), null);
  }

  private static BatchResult setEach(HiCacheStorage store, List<Page> pages) {
    return BatchResult.of(pages.stream().map(store::set).toList(), null);
  }
}
