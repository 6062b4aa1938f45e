package io.hicache.resp;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.CallOptions;
import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import io.hicache.pool.MhaShape;
import io.hicache.pool.PoolSlots;
import io.hicache.resp.StoredForm.HashTag;
import io.hicache.resp.kit.TestServer;
import io.hicache.spi.NamespaceRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which pages a server that spreads its keys would keep together, and what a call must say. */
class HashTagTest {
  private static final StorageConfig IDENTITY = StorageConfig.of("m", "bfloat16", 64);
  private static final NamespaceRecord RECORD = NamespaceRecord.of(IDENTITY, Optional.empty());
  private static final List<String> ODD = List.of("k", "{", "}", "{}", "}{x", "a%7Bb", "{a}kv");

  @Test
  void slot_ofTheExampleInTheSpecification_isTheirs() {
    assertEquals(0x31C3 % 16_384, slot("123456789"));
    assertEquals(slot("user1000"), slot("{user1000}.following"));
    assertNotEquals(slot("foo"), slot("foo{}{bar}"));
  }

  @Test
  void names_byPage_putThePoolsOfAPageInOneSlot() {
    PageNaming naming = naming(HashTag.PAGE);
    for (String key : ODD) {
      int slot = slot(naming.name(new PageKey(key)));
      assertEquals(slot, slot(naming.name(new PageKey(key, new PoolName("mamba")))), key);
    }
  }

  @Test
  void names_byPrefix_putAChainInOneSlot() {
    for (String root : ODD) {
      PageKey first = new PageKey(root);
      PageNaming naming = naming(HashTag.PREFIX);
      PageNames atRoot = naming.of(prefix(List.of()), first);
      PageNames later = naming.of(prefix(List.of(first, new PageKey("x"))), new PageKey("y"));
      int slot = slot(atRoot.name(first));
      assertEquals(slot, slot(later.name(new PageKey("y"))), root);
      assertEquals(slot, slot(later.name(new PageKey("y", new PoolName("mamba")))), root);
      assertEquals(atRoot.name(first), later.name(first), "one page has one name");
    }
  }

  @ParameterizedTest
  @EnumSource(HashTag.class)
  void names_ofOddKeys_areEachAnother(HashTag hashTag) {
    Set<String> names = new HashSet<>();
    PageNames naming = naming(hashTag).of(tag("t"), new PageKey("k"));
    for (String key : ODD) {
      assertTrue(names.add(naming.name(new PageKey(key))), key);
      assertTrue(names.add(naming.name(new PageKey(key, new PoolName("k")))), key);
      assertTrue(naming.holds(naming.name(new PageKey(key))), key);
    }
  }

  @Test
  void calls_byPrefix_needARootOrATag() {
    try (TestServer server = TestServer.carried();
        Rig rig = new Rig(Rig.at(server.port()).withOption("hash-tag", "prefix"))) {
      List<Page> pages = rig.sources("p-", 3, 5000);
      List<PageKey> keys = pages.stream().map(Page::key).toList();
      assertEquals(3, rig.storage().batchSet(pages).count(FAILED_REFUSED));
      for (String bad : List.of("", " ", "é", "x".repeat(513))) {
        assertEquals(3, rig.storage().batchSet(pages, tag(bad)).count(FAILED_REFUSED), bad);
      }
      HiCacheException refusal =
          assertThrows(HiCacheException.class, () -> rig.storage().length(keys.get(0)));
      assertEquals(FaultKind.REFUSED, refusal.kind());
      assertEquals(":1", server.ask("DBSIZE"), "the namespace's record alone");

      assertTrue(rig.storage().batchSet(pages, prefix(List.of())).allDone());
      CallOptions behind = prefix(keys.subList(0, 1));
      assertEquals(
          List.of(DONE, DONE),
          rig.storage().batchGet(rig.targets("p-", 3, 5000).subList(1, 3), behind).outcomes());
      assertEquals(5000, rig.storage().length(keys.get(2), behind).orElseThrow());
      assertEquals(
          List.of(ABSENT, ABSENT),
          rig.storage().batchPresent(keys.subList(1, 3), prefix(List.of())).outcomes(),
          "another root, another chain");
      assertTrue(rig.storage().batchDelete(keys, tag(keys.get(0).value())).allDone());
      assertEquals(":1", server.ask("DBSIZE"));
    }
  }

  /** The guard takes more pages than it has buffers for to the store in several batches. */
  @Test
  void batchSetV1_rootAndManyPagesToTranscode_haveOneRoot() {
    int pages = 70;
    List<PageKey> keys = IntStream.range(0, pages).mapToObj(i -> new PageKey("k" + i)).toList();
    long[] slots = LongStream.range(0, pages).map(i -> 4 * i).toArray();
    MhaShape shape = new MhaShape(PageLayout.PAGE_FIRST, new PoolSlots(4L * pages, 4), 2, 1, 2, 1);
    try (TestServer server = TestServer.carried();
        HostPool pool = HostPool.allocate(PoolName.KV, shape);
        HiCacheStorage storage =
            Rig.open(
                StorageConfig.of("m", "bfloat16", 4)
                    .withOption("url", server.url())
                    .withOption("hash-tag", "prefix"))) {
      storage.registerHostPool(pool);
      assertTrue(storage.batchSetV1(keys, slots, prefix(List.of())).allDone());
      assertTrue(storage.batchPresent(keys, prefix(List.of())).allDone());
      assertTrue(storage.batchGetV1(keys, slots, prefix(List.of())).allDone());
    }
  }

  @ParameterizedTest
  @EnumSource(HashTag.class)
  void clear_withEveryTag_removesThePages(HashTag hashTag) {
    try (TestServer server = TestServer.carried();
        Rig rig = new Rig(Rig.at(server.port()).withOption("hash-tag", word(hashTag)))) {
      assertTrue(rig.storage().batchSet(rig.sources("p-", 3, 5000), tag("t*")).allDone());
      assertEquals(3, rig.storage().inspect().pages().orElseThrow());
      assertEquals(
          hashTag != HashTag.PREFIX,
          rig.storage().capabilities().ignored().contains(CallOptions.Field.PREFIX));
      rig.storage().clear();
      assertEquals(":1", server.ask("DBSIZE"));
    }
  }

  @Test
  void read_withAnotherProgramsNaming_isRefused() {
    StorageConfig config = IDENTITY.withOption("naming", "sglang").withOption("hash-tag", "page");
    assertThrows(IllegalArgumentException.class, () -> ServerOptions.of("valkey").read(config));
    assertFalse(
        ServerOptions.of("valkey").read(IDENTITY.withOption("naming", "sglang")).checksums());
  }

  private static String word(HashTag hashTag) {
    return switch (hashTag) {
      case PAGE -> "page";
      case PREFIX -> "prefix";
      case NONE -> "none";
    };
  }

  private static PageNaming naming(HashTag hashTag) {
    return new PageNaming(RECORD, RankCoordinates.SINGLE, hashTag);
  }

  private static CallOptions prefix(List<PageKey> keys) {
    return CallOptions.DEFAULT.withPrefix(keys);
  }

  private static CallOptions tag(String tag) {
    return CallOptions.DEFAULT.withExtra(Map.of("tag", tag));
  }

  /** The slot of a key, by the specification of Redis Cluster: CRC16/XMODEM of its hash tag. */
  private static int slot(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open + 1);
    String hashed = close > open + 1 ? key.substring(open + 1, close) : key;
    int crc = 0;
    for (byte each : hashed.getBytes(StandardCharsets.UTF_8)) {
      crc ^= (each & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = ((crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
      }
    }
    return crc % 16_384;
  }
}
