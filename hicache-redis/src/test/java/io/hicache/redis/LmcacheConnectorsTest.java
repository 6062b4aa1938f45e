package io.hicache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.resp.kit.RawClient;
import io.hicache.resp.kit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One page as every connector of nine releases of LMCache stores it: we write what they write, and
 * read it.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LmcacheConnectorsTest {
  private static final int BYTES = 256;
  private static final PageKey KEY = new PageKey("deadbeef");

  private final TestServer server = TestServer.carried();

  /**
   * What a connector stored.
   *
   * @param release LMCache's
   * @param connector its class
   * @param key of the string with the bytes
   * @param metadataKey of the string with the metadata; empty if there is none
   * @param metadata the metadata in hex
   */
  record Stored(String release, String connector, String key, String metadataKey, String metadata) {
    @Override
    public String toString() {
      return release + " " + connector;
    }
  }

  static List<Stored> stored() throws IOException {
    try (InputStream in =
        LmcacheConnectorsTest.class.getResourceAsStream("lmcache-connectors.tsv")) {
      String text =
          new String(Objects.requireNonNull(in, "vectors").readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.split("\t", -1))
          .map(f -> new Stored(f[0], f[1], f[2], f[4], f[5]))
          .toList();
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.ask("FLUSHALL");
  }

  @Test
  void vectors_all_areHere() throws IOException {
    assertEquals(44, stored().size());
  }

  @ParameterizedTest
  @MethodSource("stored")
  void set_asTheConnector_storesWhatItStores(Stored stored) throws IOException {
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = HiCacheStorages.open("redis", config(stored));
        RawClient client = server.client()) {
      assertEquals(Outcome.DONE, storage.set(Page.of(KEY, page(arena))));
      assertEquals(Outcome.KEPT, storage.set(Page.of(KEY, page(arena))));

      assertArrayEquals(bytes(), client.get(stored.key()));
      boolean two = !stored.metadataKey().isEmpty();
      if (two) {
        assertEquals(stored.metadata(), HexFormat.of().formatHex(client.get(stored.metadataKey())));
      }
      assertEquals(two ? ":2" : ":1", server.ask("DBSIZE"));
      assertEquals(1, storage.inspect().pages().orElseThrow());
      assertEquals(BYTES, storage.length(KEY).orElseThrow());
      storage.clear();
      assertEquals(":0", server.ask("DBSIZE"));
    }
  }

  @ParameterizedTest
  @MethodSource("stored")
  void get_asTheConnectorStored_isThePage(Stored stored) throws IOException {
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = HiCacheStorages.open("redis", config(stored));
        RawClient client = server.client()) {
      client.set(stored.key(), bytes());
      boolean two = !stored.metadataKey().isEmpty();
      assertEquals(!two, storage.exists(KEY), "bytes alone are a page only where there is no more");
      if (two) {
        client.set(stored.metadataKey(), HexFormat.of().parseHex(stored.metadata()));
      }
      MemorySegment target = arena.allocate(BYTES);

      assertTrue(storage.exists(KEY));
      assertEquals(Outcome.DONE, storage.get(Page.of(KEY, target)));
      assertEquals(-1, page(arena).mismatch(target));
      assertEquals(Outcome.MISMATCH, storage.get(Page.of(KEY, arena.allocate(BYTES - 1))));
      assertEquals(Outcome.DONE, storage.delete(KEY));
      assertEquals(":0", server.ask("DBSIZE"));
    }
  }

  @Test
  void capabilities_ofACompatibleForm_checkNoContent() throws IOException {
    try (HiCacheStorage storage = HiCacheStorages.open("redis", config(stored().getLast()))) {
      assertFalse(storage.capabilities().has(Feature.CHECKSUMS));
    }
  }

  @Test
  void get_oneOfTwoStringsMissingOrShort_isNotThere() throws IOException {
    Stored stored = stored().getFirst();
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = HiCacheStorages.open("redis", config(stored))) {
      MemorySegment target = arena.allocate(BYTES).fill((byte) 7);
      storage.set(Page.of(KEY, page(arena)));
      server.ask("DEL", stored.key());
      assertFalse(storage.exists(KEY));
      assertEquals(Outcome.ABSENT, storage.get(Page.of(KEY, target)));
      assertEquals(7, target.get(ValueLayout.JAVA_BYTE, 0));
      assertEquals(Outcome.DONE, storage.set(Page.of(KEY, page(arena))), "written anew");
      server.ask("SET", stored.metadataKey(), "short");
      assertFalse(storage.exists(KEY));
      assertEquals(Outcome.MISMATCH, storage.get(Page.of(KEY, target)));
      assertEquals(7, target.get(ValueLayout.JAVA_BYTE, 0));
      assertEquals(Outcome.DONE, storage.set(Page.of(KEY, page(arena))));
      assertEquals(Outcome.DONE, storage.get(Page.of(KEY, target)));
    }
  }

  /** The bytes first: a server that refuses them never gets metadata that stands for them. */
  @Test
  void set_serverRefusesTheBytes_leavesNoMetadata() throws IOException {
    Stored stored = stored().getFirst();
    server.ask("ACL", "SETUSER", "half", "on", ">p", "+@all", "~*metadata", "%R~*");
    StorageConfig half = config(stored).withOption("username", "half").withOption("password", "p");
    try (Arena arena = Arena.ofShared();
        HiCacheStorage storage = HiCacheStorages.open("redis", half)) {
      assertEquals(
          List.of(Outcome.FAILED_REFUSED),
          storage.batchSet(List.of(Page.of(KEY, page(arena)))).outcomes());
      assertEquals(":0", server.ask("DBSIZE"));
    } finally {
      server.ask("ACL", "DELUSER", "half");
    }
  }

  private StorageConfig config(Stored stored) {
    return StorageConfig.of("meta-llama/Llama-3.1-8B-Instruct", "bfloat16", 64)
        .withRanks(RankCoordinates.SINGLE.withTp(1, 2))
        .withOption("url", server.url())
        .withOption("naming", "lmcache")
        .withOption("lmcache-keys", keys(stored.release()))
        .withOption("lmcache-strings", strings(stored))
        .withOption("lmcache-shape", "2,2,4,8");
  }

  private static String keys(String release) {
    return switch (release) {
      case "0.3.6", "0.3.9" -> "0.3.6";
      case "0.3.12" -> "0.3.12";
      default -> "0.3.15";
    };
  }

  private static String strings(Stored stored) {
    return switch (stored.connector()) {
      case "ValkeyConnector" -> "colon";
      case "ValkeyClusterConnector" -> "tagged";
      case "ValkeyConnector(v2)", "RESPConnector" -> "raw";
      default -> "joined";
    };
  }

  /** Byte i of stream 200 of the vectors. */
  private static byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) ((((200L << 40) + i) * 0x9E3779B97F4A7C15L) >>> 56);
    }
    return bytes;
  }

  private static MemorySegment page(Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes());
  }
}
