package io.hicache.spi;

import static io.hicache.Refusals.assertRefused;
import static io.hicache.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.ModelIdentity;
import io.hicache.PageLayout;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whose pages a namespace holds. The ids and the text here are in stores: they never change. */
class NamespaceRecordTest {
  private static final StorageConfig LLAMA =
      StorageConfig.of("meta-llama/Llama-3.1-8B-Instruct", "bfloat16", 64);
  private static final RankCoordinates SINGLE = RankCoordinates.SINGLE;

  private static NamespaceRecord record(StorageConfig config) {
    return NamespaceRecord.of(config, Optional.empty());
  }

  @Test
  void id_ofKnownIdentities_isWhatStoresHold() {
    assertEquals("91095a929cc1abc0", record(LLAMA).id());
    assertEquals(
        "25734a9fb51f9544", record(LLAMA.withRanks(SINGLE.withTp(1, 2).withTpLcm(8))).id());
    StorageConfig all =
        StorageConfig.of("Größe 模型\n\\", "float8_e4m3fn", 16)
            .withRevision("r=1")
            .withLayout(PageLayout.PAGE_HEAD)
            .withMla(true)
            .withRanks(SINGLE.withTp(5, 8).withPp(1, 2).withCp(2, 3).withDcp(3, 4));
    assertEquals("9069e78e860a02e9", record(all).id());
  }

  @Test
  void id_ofEachChangedField_isAnother() {
    List<UnaryOperator<StorageConfig>> changes =
        List.of(
            config -> config,
            config -> StorageConfig.of("other", "bfloat16", 64),
            config -> StorageConfig.of("meta-llama/Llama-3.1-8B-Instruct", "float16", 64),
            config -> StorageConfig.of("meta-llama/Llama-3.1-8B-Instruct", "bfloat16", 32),
            config -> config.withRevision(""),
            config -> config.withRevision("r1"),
            config -> config.withLayout(PageLayout.PAGE_FIRST),
            config -> config.withLayout(PageLayout.PAGE_FIRST_DIRECT),
            config -> config.withLayout(PageLayout.PAGE_HEAD),
            config -> config.withMla(true),
            config -> config.withRanks(SINGLE.withTp(0, 2)),
            config -> config.withRanks(SINGLE.withTp(1, 2)),
            config -> config.withRanks(SINGLE.withTp(0, 2).withTpLcm(2)),
            config -> config.withRanks(SINGLE.withTp(0, 2).withTpLcm(4)),
            config -> config.withRanks(SINGLE.withPp(0, 2)),
            config -> config.withRanks(SINGLE.withPp(1, 2)),
            config -> config.withRanks(SINGLE.withCp(0, 2)),
            config -> config.withRanks(SINGLE.withCp(1, 2)),
            config -> config.withRanks(SINGLE.withDcp(0, 2)),
            config -> config.withRanks(SINGLE.withDcp(1, 2)));
    Set<String> ids = new TreeSet<>();
    changes.forEach(change -> ids.add(record(change.apply(LLAMA)).id()));
    assertEquals(changes.size(), ids.size());
  }

  @Test
  void id_ofRanksWhosePagesAreAlike_isTheSame() {
    StorageConfig mla = LLAMA.withMla(true);
    assertEquals(record(mla), record(mla.withRanks(SINGLE.withTp(3, 8))));
    assertFalse(record(mla).fields().containsKey("tp"));
    StorageConfig groups = LLAMA.withRanks(SINGLE.withTp(0, 2).withTpLcm(8));
    assertEquals(record(groups), record(LLAMA.withRanks(SINGLE.withTp(3, 4).withTpLcm(8))));
    assertEquals("8", record(groups).fields().get("tp-lcm-size"));
    assertFalse(record(groups).fields().containsKey("tp"));
  }

  @Test
  void id_ofOptionsAndAttachments_doesNotDepend() {
    StorageConfig other = LLAMA.withOption("dir", "/x").with(Environment.class, Environment.EMPTY);
    assertEquals(record(LLAMA), record(other));
  }

  @Test
  void id_pinned_isThatOneAndTheFieldsStay() {
    NamespaceRecord pinned = NamespaceRecord.of(LLAMA, Optional.of("prod.eu-1_A"));
    assertEquals("prod.eu-1_A", pinned.id());
    assertEquals(record(LLAMA).fields(), pinned.fields());
  }

  @Test
  void id_pinnedToWhatNamesNoPlace_isRefused() {
    for (String id :
        List.of(
            "",
            ".",
            "..",
            ".hidden",
            "a..b",
            "a/b",
            "a\\b",
            "a b",
            "a\n",
            "\u00e4",
            "a:b",
            "*",
            "x".repeat(65))) {
      assertRefused(
          () -> NamespaceRecord.of(LLAMA, Optional.of(id)), "namespace \"", "1 to 64 letters");
    }
    assertEquals(64, NamespaceRecord.of(LLAMA, Optional.of("x".repeat(64))).id().length());
  }

  @Test
  void record_withoutModelOrDtype_isRefused() {
    for (ModelIdentity identity :
        List.of(
            new ModelIdentity(
                Optional.empty(),
                Optional.empty(),
                Optional.of("f"),
                1,
                PageLayout.PAGE_HEAD,
                false),
            new ModelIdentity(
                Optional.of(""),
                Optional.empty(),
                Optional.of("f"),
                1,
                PageLayout.PAGE_HEAD,
                false))) {
      assertRefused(() -> record(LLAMA.withModel(identity)), "model name is missing");
    }
    ModelIdentity noType =
        new ModelIdentity(
            Optional.of("m"), Optional.empty(), Optional.empty(), 1, PageLayout.PAGE_HEAD, false);
    assertRefused(() -> record(LLAMA.withModel(noType)), "dtype is missing");
  }

  @Test
  void requireSame_ofTheSame_isSilent() {
    record(LLAMA).requireSame(NamespaceRecord.of(LLAMA, Optional.of("pinned")));
  }

  @Test
  void requireSame_ofOthers_namesFieldStoredAndConfigured() {
    NamespaceRecord stored = NamespaceRecord.of(LLAMA.withRevision("r1"), Optional.of("pin"));
    NamespaceRecord other = NamespaceRecord.of(LLAMA.withRevision("r2"), Optional.of("pin"));
    NamespaceRecord none = NamespaceRecord.of(LLAMA, Optional.of("pin"));
    HiCacheException e = assertThrows(HiCacheException.class, () -> other.requireSame(stored));
    assertEquals(FaultKind.REFUSED, e.kind());
    assertSays(e, "namespace pin", "revision is \"r1\" in the store but \"r2\" as configured");
    assertSays(
        assertThrows(HiCacheException.class, () -> none.requireSame(stored)),
        "revision is \"r1\" in the store but absent as configured");
    assertSays(
        assertThrows(HiCacheException.class, () -> stored.requireSame(none)),
        "revision is absent in the store but \"r1\" as configured");
  }

  /**
   * Different identities have different texts and different ids, however alike their parts look.
   */
  @Test
  void id_ofRandomIdentities_isTheSameExactlyIfTheFieldsAre() {
    Random random = new Random(7);
    Map<String, Map<String, String>> byId = new HashMap<>();
    Map<String, Map<String, String>> byText = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      NamespaceRecord record = record(randomConfig(random));
      Map<String, String> sameId = byId.putIfAbsent(record.id(), record.fields());
      Map<String, String> sameText = byText.putIfAbsent(record.text(), record.fields());
      assertTrue(sameId == null || sameId.equals(record.fields()), record.id());
      assertTrue(sameText == null || sameText.equals(record.fields()), record.text());
    }
    assertEquals(byId.size(), byText.size());
    assertTrue(byId.size() > 1000 && byId.size() < 3000, byId.size() + " different ones");
  }

  private static StorageConfig randomConfig(Random random) {
    StorageConfig config =
        StorageConfig.of(word(random), word(random), 1 + random.nextInt(2))
            .withMla(random.nextBoolean());
    config = random.nextBoolean() ? config.withRevision(word(random)) : config;
    RankCoordinates ranks = SINGLE.withTp(random.nextInt(2), 2).withPp(random.nextInt(2), 2);
    return config.withRanks(random.nextBoolean() ? ranks.withTpLcm(4) : ranks);
  }

  /** Short words of what separates fields, so that seams would show. */
  private static String word(Random random) {
    List<String> pieces = List.of("a", "\n", "=", "\\", "n", "model", "dtype=", "\u0000");
    StringBuilder word = new StringBuilder("x");
    int length = random.nextInt(3);
    for (int i = 0; i < length; i++) {
      word.append(pieces.get(random.nextInt(pieces.size())));
    }
    return word.toString();
  }
}
