package io.hicache.bench.resp;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.bench.Entrant;
import io.hicache.bench.file.PageMemory;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the contestants of a cell share: a server, the memory and, for reads, one set of bare values
 * and one of the backend's, each written once.
 */
final class RespWorkload implements Closeable {
  /** The round trip of a server that is far away. */
  private static final Duration FAR = Duration.ofMillis(10);

  /** Bytes of distinct pages that batches walk over: four times a processor's cache of 32 MiB. */
  private static final long WALKED_BYTES = 128L << 20;

  private static final String DELETE_ALL =
      "for _,key in ipairs(redis.call('KEYS','*')) do redis.call('DEL',key) end return 1";

  /** Most batches to walk over. */
  private static final int MOST_BATCHES = 64;

  private final RespCell cell;
  private final Server server;
  private final @Nullable DelayLine line;
  private final PageMemory memory;
  private final RawSocket own;
  private final SplittableRandom random = new SplittableRandom();
  private final List<PageKey> keys = new ArrayList<>();
  private final long[] sums;

  private RespWorkload(RespCell cell, Server server) throws IOException {
    this.cell = cell;
    this.server = server;
    this.own = new RawSocket(server.port());
    this.line = cell.beside() == RespCell.Beside.FAR ? new DelayLine(server.port(), FAR) : null;
    this.memory = new PageMemory(cell.pageBytes(), 1, cell.batch(), batches(cell));
    this.sums = new long[memory.pages()];
    for (int page = 0; page < memory.pages(); page++) {
      // A reply whose first byte means an array to glide 2.3.1 is one it cannot read.
      PageMemory.memory(memory.source(page).getFirst()).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      CRC32C checksum = new CRC32C();
      checksum.update(PageMemory.memory(memory.source(page).getFirst()).asByteBuffer());
      sums[page] = checksum.getValue();
      keys.add(freshKey());
    }
  }

  static RespWorkload open(RespCell cell, Path under) throws IOException {
    Path directory = Files.createTempDirectory(under, "resp");
    Server server = new Server(cell.server(), directory);
    RespWorkload workload = null;
    try {
      workload = new RespWorkload(cell, server);
      if (!cell.write()) {
        workload.storeAll();
      }
      return workload;
    } catch (IOException | RuntimeException e) {
      if (workload == null) {
        server.close();
      } else {
        workload.close();
      }
      throw e;
    }
  }

  RespCell cell() {
    return cell;
  }

  /** Returns where contestants find the server, near or far. */
  int port() {
    return line == null ? server.port() : line.port();
  }

  PageMemory memory() {
    return memory;
  }

  /** Returns the key under which the backend holds a page. */
  PageKey key(int page) {
    return keys.get(page);
  }

  /** Returns the key under which a page's bytes are, and nothing else. */
  String rawKey(int page) {
    return "raw:" + keys.get(page).value();
  }

  /** Makes a key that no page has had: as random as a hash. */
  PageKey freshKey() {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return new PageKey(HexFormat.of().formatHex(digest));
  }

  /** Holds a page's checksum to what it must be. */
  void compare(int page, long sum) throws IOException {
    if (sums[page] != sum) {
      throw new IOException("page " + page + ": another checksum");
    }
  }

  /**
   * Throws away all that the server holds, before it answers. Not by FLUSHALL, which gives the
   * memory back to the system: then every write would wait for new pages of it.
   */
  void empty() throws IOException {
    String reply = own.ask("EVAL", DELETE_ALL, "0");
    if (!reply.equals(":1")) {
      throw new IOException("the server could not be emptied: " + reply);
    }
  }

  private HiCacheStorage openStore(boolean checksum, int port) {
    StorageConfig config =
        StorageConfig.of("benchmark", "bfloat16", 64)
            .withOption("host", "127.0.0.1")
            .withOption("port", Integer.toString(port));
    return HiCacheStorages.open(
        cell.server().backend(), checksum ? config : config.withOption("checksum", "off"));
  }

  Entrant raw(long window, Summing summing) throws IOException {
    return new RawRead(this, window, summing, 0, 1);
  }

  Entrant rawWrite(boolean each, Summing summing) throws IOException {
    return new RawWrite(this, each, summing);
  }

  Entrant store(boolean checksum) {
    HiCacheStorage store = openStore(checksum, port());
    return cell.write()
        ? new RespStoreWrite(this, store, false, false)
        : new RespStoreRead(this, store, false);
  }

  Entrant loop() {
    HiCacheStorage store = openStore(true, port());
    return cell.write()
        ? new RespStoreWrite(this, store, false, true)
        : new RespStoreRead(this, store, true);
  }

  Entrant overwriting() {
    return new RespStoreWrite(this, openStore(true, port()), true, false);
  }

  Entrant presence() {
    return new RespPresence(this, openStore(true, port()));
  }

  Entrant peer(Peer.Opening opening, int keysPerCall) throws IOException {
    Peer peer = opening.open(port());
    return cell.write()
        ? new PeerWrite(this, peer, keysPerCall)
        : new PeerRead(this, peer, keysPerCall);
  }

  /** Frees the memory and ends the server. */
  @Override
  public void close() throws IOException {
    memory.close();
    try (server;
        own) {
      if (line != null) {
        line.close();
      }
    }
  }

  private static int batches(RespCell cell) {
    if (cell.beside() == RespCell.Beside.FAR) {
      return 2;
    }
    long wanted = Math.ceilDiv(WALKED_BYTES, (long) cell.pageBytes() * cell.batch());
    return (int) Math.min(wanted, MOST_BATCHES);
  }

  private void storeAll() throws IOException {
    try (HiCacheStorage store = openStore(true, server.port())) {
      for (int page = 0; page < memory.pages(); page++) {
        ByteBuffer source = PageMemory.memory(memory.source(page).getFirst()).asByteBuffer();
        own.put(RawSocket.headOfSet(rawKey(page), source.capacity()));
        own.send();
        own.writeFully(source);
        own.put(RawSocket.ascii("\r\n"));
        own.send();
        own.expect(RawSocket.ascii("+OK\r\n"));
        if (!store.set(new Page(keys.get(page), memory.source(page))).equals(Outcome.DONE)) {
          throw new IOException("page " + page + " could not be stored");
        }
      }
    }
  }
}
