package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hicache.HiCacheStorage;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import org.junit.jupiter.api.Test;

/** Pages are shared by those who mean the same bytes, and by nobody else. */
interface NamespaceRules extends Rules {
  PageKey NAMED = new PageKey("named");

  @Test
  default void pages_ofAnotherModel_areNotSeen() {
    assertSeparate(tck().config(), Variants.name(tck().config()));
  }

  @Test
  default void pages_ofAnotherRevision_areNotSeen() {
    assertSeparateIfRecorded(tck().config(), Variants.revision(tck().config()));
  }

  @Test
  default void pages_ofAnotherElementType_areNotSeen() {
    assertSeparateIfRecorded(tck().config(), Variants.dtype(tck().config()));
  }

  @Test
  default void pages_ofAnotherPageSize_areNotSeen() {
    assertSeparateIfRecorded(tck().config(), Variants.pageTokens(tck().config()));
  }

  @Test
  default void pages_ofAnotherLayout_areNotSeen() {
    assertSeparateIfRecorded(
        tck().config().withLayout(PageLayout.LAYER_FIRST),
        tck().config().withLayout(PageLayout.PAGE_FIRST));
  }

  @Test
  default void pages_ofLatentAttention_areNotSeenByOthers() {
    assertSeparate(tck().config().withMla(true), tck().config().withMla(false));
  }

  @Test
  default void pages_ofAnotherTensorRank_areNotSeen() {
    StorageConfig config = tck().config().withMla(false);
    assertSeparate(
        config.withRanks(RankCoordinates.SINGLE.withTp(0, 2)),
        config.withRanks(RankCoordinates.SINGLE.withTp(1, 2)));
  }

  @Test
  default void pages_ofAnotherTensorSize_areNotSeen() {
    StorageConfig config = tck().config().withMla(false);
    assertSeparate(
        config.withRanks(RankCoordinates.SINGLE.withTp(0, 2)),
        config.withRanks(RankCoordinates.SINGLE.withTp(0, 4)));
  }

  @Test
  default void pages_ofAnotherPipelineRank_areNotSeen() {
    assertSeparate(
        tck().config().withRanks(RankCoordinates.SINGLE.withPp(0, 2)),
        tck().config().withRanks(RankCoordinates.SINGLE.withPp(1, 2)));
  }

  @Test
  default void pages_ofAnotherContextRank_areNotSeen() {
    assertSeparate(
        tck().config().withRanks(RankCoordinates.SINGLE.withCp(0, 2)),
        tck().config().withRanks(RankCoordinates.SINGLE.withCp(1, 2)));
  }

  @Test
  default void pages_ofAnotherDecodeContextRank_areNotSeen() {
    assertSeparate(
        tck().config().withRanks(RankCoordinates.SINGLE.withDcp(0, 2)),
        tck().config().withRanks(RankCoordinates.SINGLE.withDcp(1, 2)));
  }

  @Test
  default void pages_ofLatentAttention_areSharedByTensorRanks() {
    StorageConfig config = tck().config().withMla(true);
    HiCacheStorage first = tck().open(config.withRanks(RankCoordinates.SINGLE.withTp(0, 2)));
    HiCacheStorage second = tck().open(config.withRanks(RankCoordinates.SINGLE.withTp(1, 2)));
    set(first, 0);
    if (tck().kit().persistsAcrossReopen()) {
      assertHolds(second, 0);
    } else {
      assertEquals(ABSENT, second.get(tck().pages().target(NAMED, 512).page()));
    }
  }

  /** As {@link #assertSeparate}, unless the naming has no room for what tells the two apart. */
  private void assertSeparateIfRecorded(StorageConfig one, StorageConfig other) {
    if (tck().kit().recordsIdentity()) {
      assertSeparate(one, other);
      return;
    }
    HiCacheStorage first = tck().open(one);
    HiCacheStorage second = tck().open(other);
    assertEquals(first.inspect().namespace(), second.inspect().namespace());
    set(first, 0);
    assertHolds(second, 0);
  }

  /** Opens both, and finds that neither sees or changes what the other stores under one key. */
  private void assertSeparate(StorageConfig one, StorageConfig other) {
    HiCacheStorage first = tck().open(one);
    HiCacheStorage second = tck().open(other);
    assertNotEquals(first.inspect().namespace(), second.inspect().namespace());
    set(first, 0);
    FencedPage target = tck().pages().target(NAMED, 512);
    assertEquals(ABSENT, second.get(target.page()));
    target.assertUntouched();
    set(second, 1);
    assertHolds(first, 0);
    assertHolds(second, 1);
  }

  private void set(HiCacheStorage store, int version) {
    FencedPage source = tck().pages().source(NAMED, Content.of(NAMED, version), 512);
    assertEquals(DONE, store.set(source.page()));
  }

  private void assertHolds(HiCacheStorage store, int version) {
    FencedPage target = tck().pages().target(NAMED, 512);
    assertEquals(DONE, store.get(target.page()));
    target.assertHolds(Content.of(NAMED, version));
  }
}
