package io.hicache.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hicache.BatchResult;
import io.hicache.HiCacheStorage;
import io.hicache.HitPolicy;
import io.hicache.Outcome;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.PoolTransfer;
import io.hicache.PrefixHits;
import io.hicache.StorageConfig;
import io.hicache.pool.HostPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case in which SGLang stored pages of real pools: written out of layer-first pools, restored
 * into blank ones from what was written, and written again, each time SGLang's bytes and names.
 */
class SglangPoolsTest {
  private static final List<JsonNode> POOL_CASES = cases("pool_cases");
  private static final List<JsonNode> V2_CASES = cases("v2_cases");

  @TempDir Path directory;
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void cases_ofTheVectors_areAllHere() {
    int transfers = V2_CASES.stream().mapToInt(each -> each.required("transfers").size()).sum();
    System.out.printf(
        Locale.ROOT,
        "vectors/file pool cases: %d, v2 cases: %d with %d pools, each written, read and looked for%n",
        POOL_CASES.size(),
        V2_CASES.size(),
        transfers);

    assertEquals(7, POOL_CASES.size());
    assertEquals(5, V2_CASES.size());
    assertEquals(35, transfers);
  }

  @TestFactory
  Stream<DynamicTest> v1_inEveryPoolCase_isSglangsFiles() {
    return POOL_CASES.stream()
        .map(each -> DynamicTest.dynamicTest(each.get("id").textValue(), () -> v1(each)));
  }

  @TestFactory
  Stream<DynamicTest> v2_inEveryCase_isSglangsFiles() {
    return V2_CASES.stream()
        .map(each -> DynamicTest.dynamicTest(each.get("id").textValue(), () -> v2(each)));
  }

  private void v1(JsonNode each) throws IOException {
    String poolCase = each.required("pool_case").textValue();
    PageLayout layout = PageLayout.of(poolCase.substring(poolCase.indexOf('.') + 1));
    List<PageKey> keys = keys(each);
    long[] slots = slots(each);
    Path first = Files.createTempDirectory(directory, "first");
    Path second = Files.createTempDirectory(directory, "second");
    VectorPool pool = VectorPool.named(poolCase);
    HostPool blank = pool.blank(layout, arena);

    try (HiCacheStorage store = SglangVectors.open(config(each, first, layout))) {
      store.registerHostPool(pool.filled(PageLayout.LAYER_FIRST, arena));
      assertEquals(done(3), store.batchSetV1(keys, slots).outcomes());
    }
    assertEquals(digests(each), SglangVectors.digests(first));
    try (HiCacheStorage store = SglangVectors.open(config(each, first, layout))) {
      store.registerHostPool(blank);
      assertEquals(3, store.batchExistsV2(keys, List.of()).kvPages());
      assertEquals(done(3), store.batchGetV1(keys, slots).outcomes());
    }
    try (HiCacheStorage store = SglangVectors.open(config(each, second, layout))) {
      store.registerHostPool(blank);
      assertEquals(done(3), store.batchSetV1(keys, slots).outcomes());
    }
    assertEquals(digests(each), SglangVectors.digests(second));
  }

  private void v2(JsonNode each) throws IOException {
    Path first = Files.createTempDirectory(directory, "first");
    Path second = Files.createTempDirectory(directory, "second");
    Map<PoolName, HostPool> filled = pools(each, false);
    Map<PoolName, HostPool> blank = pools(each, true);
    List<PoolTransfer> transfers = transfers(each);

    set(each, first, filled);
    assertEquals(digests(each), SglangVectors.digests(first));
    try (HiCacheStorage store = open(each, first, blank)) {
      Map<PoolName, BatchResult> results = store.batchGetV2(transfers);
      transfers.forEach(transfer ->
          assertEquals(
              done(transfer.keys().size()),
              Objects.requireNonNull(results.get(transfer.pool())).outcomes(),
              transfer.pool()::value));
      assertHits(each.required("batch_exists_v2"), store);
    }
    set(each, second, blank);
    assertEquals(digests(each), SglangVectors.digests(second));
  }

  /** Page by page: of MLA, the v2 form leaves it to rank 0 to write what all ranks share. */
  private void set(JsonNode each, Path dir, Map<PoolName, HostPool> pools) {
    try (HiCacheStorage store = SglangVectors.open(config(each, dir, PageLayout.PAGE_FIRST))) {
      for (PoolTransfer transfer : transfers(each)) {
        HostPool pool = Objects.requireNonNull(pools.get(transfer.pool()));
        var pages = pool.pages(transfer.keys(), transfer.slots());
        assertEquals(done(pages.size()), store.batchSet(pages).outcomes());
      }
    }
  }

  private static void assertHits(JsonNode expected, HiCacheStorage store) {
    List<PoolTransfer> asked =
        stream(expected.required("transfers"))
            .map(each ->
                PoolTransfer.asking(
                    new PoolName(each.get(0).textValue()),
                    HitPolicy.of(each.get(1).textValue()),
                    each.get(2).intValue()))
            .toList();
    PrefixHits hits = store.batchExistsV2(keys(expected), asked);
    assertEquals(expected.required("kv_hit_pages").intValue(), hits.kvPages());
    assertEquals(
        stream(expected.required("restorable_prefix_pages")).map(JsonNode::intValue).toList(),
        hits.restorable());
  }

  private HiCacheStorage open(JsonNode each, Path dir, Map<PoolName, HostPool> pools) {
    HiCacheStorage store = SglangVectors.open(config(each, dir, PageLayout.PAGE_FIRST));
    pools.values().forEach(store::registerHostPool);
    return store;
  }

  private Map<PoolName, HostPool> pools(JsonNode each, boolean blank) {
    Map<PoolName, HostPool> pools = new LinkedHashMap<>();
    for (JsonNode transfer : each.required("transfers")) {
      VectorPool from = VectorPool.named(transfer.required("pool_case").textValue());
      PoolName name = new PoolName(transfer.required("pool").textValue());
      HostPool pool =
          blank
              ? from.blank(PageLayout.PAGE_FIRST, arena)
              : from.filled(PageLayout.PAGE_FIRST, arena);
      pools.put(name, HostPool.over(name, pool.shape(), pool.buffers()));
    }
    return pools;
  }

  private static List<PoolTransfer> transfers(JsonNode each) {
    List<PoolTransfer> transfers = new ArrayList<>();
    for (JsonNode transfer : each.required("transfers")) {
      PoolName name = new PoolName(transfer.required("pool").textValue());
      transfers.add(PoolTransfer.of(name, keys(transfer), slots(transfer)));
    }
    return transfers;
  }

  private static StorageConfig config(JsonNode each, Path dir, PageLayout stored) {
    return SglangVectors.config(each.required("config"), dir)
        .withOption("stored-layout", stored.label());
  }

  private static Map<String, String> digests(JsonNode each) {
    Map<String, String> digests = new TreeMap<>();
    for (JsonNode file : each.required("files")) {
      digests.put(file.required("name").textValue(), file.required("sha256").textValue());
    }
    return digests;
  }

  private static List<PageKey> keys(JsonNode from) {
    return stream(from.required("keys")).map(key -> new PageKey(key.textValue())).toList();
  }

  private static long[] slots(JsonNode from) {
    return stream(from.required("page_starts")).mapToLong(JsonNode::longValue).toArray();
  }

  private static List<Outcome> done(int size) {
    return Collections.nCopies(size, Outcome.DONE);
  }

  private static List<JsonNode> cases(String kind) {
    return stream(SglangVectors.cases().required(kind)).toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
