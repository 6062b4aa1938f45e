package io.hicache.file.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNamingTest {
  private static final FileNaming NAMING = new FileNaming(FileNaming.Sharing.RANK);
  private static final List<PoolName> POOLS =
      List.of(PoolName.KV, new PoolName("k"), new PoolName("v_kv"), new PoolName("p".repeat(64)));

  @Test
  void name_ofAPageHash_showsPoolAndHash() {
    String hash = "0123456789abcdef".repeat(4);

    String path = name(new PageKey(hash)).path();

    assertTrue(path.matches("[0-9a-f]{2}/kv-" + hash), path);
  }

  @Test
  void name_ofNastyKeys_isLegalAndTheirsAlone() {
    Map<String, PageKey> seen = new HashMap<>();
    for (PageKey key : nastyKeys()) {
      PageName name = name(key);
      assertLegal(name.path());
      PageKey before = seen.put(name.path(), key);
      assertTrue(before == null || before.equals(key), key + " and " + before + ": " + name);
    }
  }

  @Test
  void name_ofRandomKeys_isLegalAndTheirsAlone() {
    Random random = new Random(42);
    Map<String, PageKey> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      PageKey key = new PageKey(randomValue(random), POOLS.get(random.nextInt(POOLS.size())));
      String path = name(key).path();
      assertLegal(path);
      PageKey before = seen.put(path, key);
      assertTrue(before == null || before.equals(key), key + " and " + before + ": " + path);
    }
  }

  @Test
  void name_tooLongForAFile_isItsDigestAndTheKeyIsRecorded() {
    PageKey fits = new PageKey("a".repeat(FileNaming.MAX_NAME_BYTES - 3));
    PageKey tooLong = new PageKey("a".repeat(FileNaming.MAX_NAME_BYTES - 2));

    assertEquals("", name(fits).recordedKey());
    assertEquals(tooLong.value(), name(tooLong).recordedKey());
    assertTrue(name(tooLong).path().matches("[0-9a-f]{2}/kv\\+[0-9a-f]{64}"));
    assertEquals(FileNaming.MAX_NAME_BYTES, name(fits).path().length() - 3);
  }

  @Test
  void name_ofKeysAlikeAtOneEnd_spreadsOverShards() {
    for (String form : List.of("%016x", "prefix-%d", "%d-suffix", "0000000000000000%016x")) {
      Map<String, Integer> shards = new HashMap<>();
      for (int i = 0; i < 25_600; i++) {
        shards.merge(name(new PageKey(form.formatted(i))).path().substring(0, 2), 1, Integer::sum);
      }
      assertEquals(PageTree.SHARDS, shards.size(), form);
      assertTrue(shards.values().stream().allMatch(n -> n > 50 && n < 200), form + ": " + shards);
    }
  }

  @Test
  void names_whereSizesShareANamespace_areTheHeadGroups() {
    PageKey key = new PageKey("a");

    assertEquals(List.of("kv@2.1.4-a", "kv@3.1.4-a"), sharedNames(key, 1, 2));
    assertEquals(List.of("kv@3.1.4-a"), sharedNames(key, 3, 4));
    assertEquals(4, sharedNames(key, 0, 1).size());
  }

  @Test
  void names_ofAPoolWithoutHeads_tellRanksApart() {
    PageKey key = new PageKey("a", new PoolName("mamba"));
    Set<String> names = new HashSet<>();
    for (int size : new int[] {1, 2, 4}) {
      for (int rank = 0; rank < size; rank++) {
        names.addAll(sharedNames(key, rank, size));
      }
    }

    assertEquals(7, names.size(), names.toString());
    assertTrue(names.contains("mamba@2.2.4-a"), names.toString());
  }

  private static List<String> sharedNames(PageKey key, int rank, int size) {
    RankCoordinates shared = RankCoordinates.SINGLE.withTp(0, 2).withTpLcm(4);
    FileNaming naming = FileNaming.of(recordOf(shared, false));
    RankCoordinates ranks = RankCoordinates.SINGLE.withTp(rank, size);
    return naming.names(key, naming.coordinates(recordOf(shared, false), ranks)).stream()
        .map(name -> name.path().substring(3))
        .toList();
  }

  @Test
  void name_ofMlaWhereSizesShareANamespace_isOneForAllRanks() {
    RankCoordinates shared = RankCoordinates.SINGLE.withTp(1, 2).withTpLcm(4);

    FileNaming naming = FileNaming.of(recordOf(shared, true));

    assertEquals(List.of(name(new PageKey("a"))), naming.names(new PageKey("a"), shared));
  }

  @Test
  void objects_ofAnyPage_isOneWholeObject() {
    PageKey key = new PageKey("a");

    List<StoredObject> objects = NAMING.objects(key, RankCoordinates.SINGLE, "");

    assertEquals(List.of(StoredObject.Run.whole(name(key).path())), objects);
  }

  @Test
  void isPage_ofOtherFiles_isFalse() {
    for (String other :
        List.of(
            ".0123456789abcdef.tmp", "namespace", "kv", "kv-", "KV-a", "kv+a", "a b-c", "x~y")) {
      assertFalse(FileNaming.isPage(other), other);
    }
  }

  @Test
  void names_underMla_tellRanksOnlyWhereTheirBytesDiffer() {
    FileNaming naming = new FileNaming(FileNaming.Sharing.MLA);
    RankCoordinates second = RankCoordinates.SINGLE.withTp(1, 2);
    RankCoordinates first = RankCoordinates.SINGLE.withTp(0, 2);
    PageKey states = new PageKey("a", new PoolName("mamba"));

    assertTrue(
        naming.names(states, second).getFirst().path().endsWith("/mamba@1.1.2-a"),
        () -> naming.names(states, second).toString());
    assertNotEquals(naming.names(states, first), naming.names(states, second));
    assertEquals(naming.names(new PageKey("a"), first), naming.names(new PageKey("a"), second));
  }

  private static PageName name(PageKey key) {
    return NAMING.names(key, RankCoordinates.SINGLE).getFirst();
  }

  private static void assertLegal(String path) {
    assertTrue(path.matches("[0-9a-f]{2}/[^/\\\\]+"), path);
    String file = path.substring(3);
    assertTrue(file.length() <= 255, path);
    assertNotEquals('.', file.charAt(0));
    assertTrue(FileNaming.isPage(file), path);
    Path root = Path.of("/store");
    assertEquals(root.resolve(path), root.resolve(path).normalize());
  }

  private static NamespaceRecord recordOf(RankCoordinates ranks, boolean mla) {
    return NamespaceRecord.of(
        StorageConfig.of("m", "bfloat16", 64).withRanks(ranks).withMla(mla), Optional.empty());
  }

  private static List<PageKey> nastyKeys() {
    List<String> values =
        new ArrayList<>(
            List.of(".x", "~", "a.b", "-", "+", "@", "a", "v-a", "kv-a", "-a", "--a", "namespace"));
    values.addAll(
        List.of("@0.1.2-a", "kv", ".0123456789abcdef.tmp", "*", "?", "con", "a:b", "%2f"));
    for (int length : new int[] {186, 190, 191, 251, 252, 253, 254, 255, 256, 511, 512}) {
      values.add("a".repeat(length));
      values.add("a".repeat(length - 1) + "b");
    }
    List<PageKey> keys = new ArrayList<>();
    for (String value : values) {
      POOLS.forEach(pool -> keys.add(new PageKey(value, pool)));
    }
    // What looks like the digest form of a key there is.
    for (PageKey key : List.copyOf(keys)) {
      String file = name(key).path().substring(3);
      POOLS.forEach(pool -> keys.add(new PageKey(file, pool)));
      POOLS.forEach(pool -> keys.add(new PageKey(file.substring(1), pool)));
    }
    return keys;
  }

  private static String randomValue(Random random) {
    String alphabet = random.nextBoolean() ? "ab-+@." : "!\"#$%&'()*+,-.0aZ:;<=>?@[]^_`{|}~";
    int length = 1 + random.nextInt(random.nextInt(10) == 0 ? PageKey.MAX_LENGTH : 6);
    StringBuilder value = new StringBuilder();
    while (value.length() < length) {
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      boolean dots = c == '.' && value.length() > 0 && value.charAt(value.length() - 1) == '.';
      value.append(dots ? 'x' : c);
    }
    return value.toString();
  }
}
