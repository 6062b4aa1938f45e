package io.hicache;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What to open: the model, the rank, the options and what is attached. */
class ConfigTest {
  private static final StorageConfig CONFIG = StorageConfig.of("model", "bfloat16", 64);

  private static ModelIdentity model(String name, String revision, String dtype, int pageTokens) {
    return new ModelIdentity(
        Optional.of(name),
        Optional.of(revision),
        Optional.of(dtype),
        pageTokens,
        PageLayout.LAYER_FIRST,
        false);
  }

  @Test
  void storageConfig_ofAModel_isOneProcessInLayerOrder() {
    assertEquals(Optional.of("model"), CONFIG.model().name());
    assertEquals(Optional.of("bfloat16"), CONFIG.model().dtype());
    assertEquals(Optional.empty(), CONFIG.model().revision());
    assertEquals(64, CONFIG.model().pageTokens());
    assertEquals(PageLayout.LAYER_FIRST, CONFIG.model().layout());
    assertFalse(CONFIG.model().mla());
    assertSame(RankCoordinates.SINGLE, CONFIG.ranks());
    assertEquals(Map.of(), CONFIG.options());
  }

  @Test
  void storageConfig_withEachField_changesThatOneAndACopy() {
    StorageConfig changed =
        CONFIG
            .withRevision("r1")
            .withLayout(PageLayout.PAGE_FIRST)
            .withMla(true)
            .withRanks(RankCoordinates.SINGLE.withTp(1, 2))
            .withOption("dir", "/a")
            .withOption("dir", "/b");
    assertEquals(
        new ModelIdentity(
            Optional.of("model"),
            Optional.of("r1"),
            Optional.of("bfloat16"),
            64,
            PageLayout.PAGE_FIRST,
            true),
        changed.model());
    assertEquals(1, changed.ranks().tpRank());
    assertEquals(Map.of("dir", "/b"), changed.options());
    assertEquals(StorageConfig.of("model", "bfloat16", 64), CONFIG);
  }

  @Test
  void storageConfig_afterItsMapsWereChanged_isAsItWas() {
    Map<String, String> options = new HashMap<>(Map.of("a", "1"));
    StorageConfig config =
        new StorageConfig(CONFIG.model(), RankCoordinates.SINGLE, options, Map.of());
    options.put("b", "2");
    assertEquals(Map.of("a", "1"), config.options());
  }

  @Test
  void storageConfig_asText_hidesWhatMayBeSecret() {
    StorageObserver observer = call -> {};
    StorageConfig config =
        CONFIG
            .withOption("password", "hunter2")
            .withOption("url", "redis://me:hunter2@localhost")
            .with(StorageObserver.class, observer)
            .with(String.class, "hunter2 too");
    String text = config.toString();
    assertFalse(text.contains("hunter2"), text);
    for (String shown : List.of("model", "bfloat16", "[password, url]", "StorageObserver")) {
      assertTrue(text.contains(shown), shown + " is not in " + text);
    }
  }

  @Test
  void storageConfig_withAnAttachment_givesItBackByItsType() {
    StorageObserver observer = call -> {};
    StorageConfig config = CONFIG.with(StorageObserver.class, observer);
    assertSame(observer, config.attachment(StorageObserver.class).orElseThrow());
    assertEquals(Optional.empty(), config.attachment(String.class));
    assertEquals(Optional.empty(), CONFIG.attachment(StorageObserver.class));
  }

  @Test
  void storageConfig_withAnAttachmentUnderAnotherType_isRefused() {
    Map<Class<?>, Object> wrong = Map.of(StorageObserver.class, "no observer");
    assertRefused(
        () -> new StorageConfig(CONFIG.model(), RankCoordinates.SINGLE, Map.of(), wrong),
        "java.lang.String",
        "io.hicache.StorageObserver");
  }

  @Test
  void modelIdentity_outOfRange_isRefused() {
    assertRefused(() -> model("m", "r", "d", 0), "page tokens 0", "at least 1");
    assertRefused(() -> model("m", "r", "d", -64), "page tokens -64");
    String longText = "x".repeat(1025);
    assertRefused(() -> model(longText, "r", "d", 1), "model name", "at most 1024");
    assertRefused(() -> model("m", longText, "d", 1), "revision", "at most 1024");
    assertRefused(() -> model("m", "r", longText, 1), "dtype", "(1025 characters)");
    assertEquals(1024, model("x".repeat(1024), "r", "d", 1).name().orElseThrow().length());
  }

  /** Half a pair becomes a question mark in UTF-8, and two models would look alike. */
  @Test
  void modelIdentity_withHalfASurrogatePair_isRefused() {
    assertRefused(() -> model("m\ud83d", "r", "d", 1), "model name", "\\ud83d", "surrogate");
    assertRefused(() -> model("m", "\ude00", "d", 1), "revision");
    assertEquals(Optional.of("m\ud83d\ude00"), model("m\ud83d\ude00", "r", "d", 1).name());
  }

  @Test
  void rankCoordinates_outOfRange_areRefused() {
    RankCoordinates single = RankCoordinates.SINGLE;
    assertRefused(() -> single.withTp(2, 2), "tp rank 2", "0 to 1");
    assertRefused(() -> single.withTp(-1, 2), "tp rank -1");
    assertRefused(() -> single.withTp(0, 0), "tp size 0", "at least 1");
    assertRefused(() -> single.withPp(4, 4), "pp rank 4", "0 to 3");
    assertRefused(() -> single.withCp(1, 1), "cp rank 1");
    assertRefused(() -> single.withDcp(0, -1), "dcp size -1");
  }

  @Test
  void rankCoordinates_sharedByHeadGroups_needAMultiple() {
    RankCoordinates two = RankCoordinates.SINGLE.withTp(1, 2);
    assertEquals(OptionalInt.of(8), two.withTpLcm(8).tpLcmSize());
    assertEquals(OptionalInt.of(2), two.withTpLcm(2).tpLcmSize());
    assertRefused(() -> two.withTpLcm(3), "tp lcm size 3", "multiple of the tp size 2");
    assertRefused(() -> two.withTpLcm(0), "tp lcm size 0");
    assertRefused(() -> two.withTpLcm(-2), "tp lcm size -2");
    assertRefused(() -> two.withTpLcm(2).withTp(0, 4), "tp lcm size 2", "tp size 4");
  }

  @Test
  void rankCoordinates_withEachPlace_keepTheOthers() {
    RankCoordinates all =
        RankCoordinates.SINGLE.withTp(1, 2).withPp(2, 3).withCp(3, 4).withDcp(4, 5).withTpLcm(6);
    assertEquals(new RankCoordinates(1, 2, 2, 3, 3, 4, 4, 5, OptionalInt.of(6)), all);
  }

  @Test
  void pageLayout_byItsName_isFound() {
    for (PageLayout layout : PageLayout.values()) {
      assertSame(layout, PageLayout.of(layout.label()));
      assertSame(layout, PageLayout.of(layout.label().replace('_', '-')));
    }
    assertRefused(
        () -> PageLayout.of("block_first"), "\"block_first\"", "layer_first", "page_head");
    assertRefused(() -> PageLayout.of(""), "layout \"\"");
  }

  @Test
  void storageConfig_asReturned_cannotBeChanged() {
    assertThrows(UnsupportedOperationException.class, () -> CONFIG.options().put("a", "b"));
    assertThrows(
        UnsupportedOperationException.class, () -> CONFIG.attachments().put(String.class, "b"));
  }
}
