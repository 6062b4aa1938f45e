package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store knows whose pages it holds, says so, and refuses others under a pinned name. */
interface RecordRules extends Rules {
  PageKey RECORDED = new PageKey("recorded");
  String PINNED = "tck-pinned";

  @Test
  default void namespaces_ofAnOpenStore_haveItsRecord() {
    String id = tck().store().inspect().namespace();
    NamespaceRecord expected = NamespaceRecord.of(tck().config(), Optional.of(id));
    assertEquals(recorded() ? List.of(expected) : List.of(), records(id));
  }

  @Test
  default void namespaces_ofTwoModels_areListedInOrder() {
    HiCacheStorage other = tck().open(Variants.name(tck().config()));
    List<String> opened = List.of(tck().store().inspect().namespace(), other.inspect().namespace());
    List<String> listed =
        HiCacheStorages.namespaces(tck().backend(), tck().config()).stream()
            .map(NamespaceRecord::id)
            .toList();
    assertEquals(listed.stream().sorted().toList(), listed);
    assertEquals(recorded(), listed.containsAll(opened));
  }

  @Test
  default void open_again_isTheSameNamespace() {
    String id = tck().store().inspect().namespace();
    assertEquals(id, tck().open(tck().config()).inspect().namespace());
  }

  @Test
  default void openByRecord_withAnotherIdentity_seesTheRecordsPages() {
    tck().put(RECORDED, 512);
    String id = tck().store().inspect().namespace();
    NamespaceRecord record = NamespaceRecord.of(tck().config(), Optional.of(id));
    StorageConfig config = Variants.name(tck().config());
    HiCacheStorage byRecord =
        tck().closedAfterwards(HiCacheStorages.open(tck().backend(), config, record));
    FencedPage target = tck().pages().target(RECORDED, 512);
    assertEquals(id, byRecord.inspect().namespace());
    assertEquals(persists() ? DONE : ABSENT, byRecord.get(target.page()));
    if (persists()) {
      target.assertHolds(Content.of(RECORDED));
    } else {
      target.assertUntouched();
    }
  }

  @Test
  default void pinnedNamespace_isTheOneThatIsUsed() {
    if (refusesPins()) {
      return;
    }
    tck().put(RECORDED, 512);
    HiCacheStorage pinned = tck().open(pinned(tck().config()));
    assertEquals(PINNED, pinned.inspect().namespace());
    assertEquals(ABSENT, pinned.get(tck().pages().target(RECORDED, 512).page()));
    assertEquals(persists() ? 1 : 0, records(PINNED).size());
  }

  @Test
  default void pinnedNamespace_ofTheSameIdentity_opensAgain() {
    if (refusesPins()) {
      return;
    }
    HiCacheStorage first = tck().open(pinned(tck().config()));
    assertEquals(DONE, first.set(tck().pages().source(RECORDED, 512).page()));
    first.close();
    HiCacheStorage again = tck().open(pinned(tck().config()));
    assertEquals(persists(), again.exists(RECORDED));
  }

  @Test
  default void pinnedNamespace_ofAnotherModel_isRefusedByField() {
    StorageConfig other = Variants.name(tck().config());
    String there = tck().config().model().name().orElse("absent");
    assertRefused(other, "model", there, other.model().name().orElseThrow());
  }

  @Test
  default void pinnedNamespace_ofAnotherRevision_isRefusedByField() {
    StorageConfig other = Variants.revision(tck().config());
    String there = tck().config().model().revision().orElse("absent");
    assertRefused(other, "revision", there, other.model().revision().orElseThrow());
  }

  @Test
  default void pinnedNamespace_ofAnotherElementType_isRefusedByField() {
    StorageConfig other = Variants.dtype(tck().config());
    String there = tck().config().model().dtype().orElse("absent");
    assertRefused(other, "dtype", there, other.model().dtype().orElseThrow());
  }

  @Test
  default void pinnedNamespace_ofAnotherPageSize_isRefusedByField() {
    StorageConfig other = Variants.pageTokens(tck().config());
    String there = Integer.toString(tck().config().model().pageTokens());
    assertRefused(other, "page-tokens", there, Integer.toString(other.model().pageTokens()));
  }

  @Test
  default void inspect_countsThisNamespaceAlone() {
    HiCacheStorage other = tck().open(Variants.name(tck().config()));
    assertEquals(DONE, other.set(tck().pages().source(RECORDED, 512).page()));
    tck().putAll(BatchRules.keys("inspected", 3), 4096);
    var report = tck().store().inspect();
    assertEquals(tck().backend(), report.backend());
    assertEquals(3, report.pages().orElse(3));
    assertTrue(report.bytes().orElse(Long.MAX_VALUE) >= 3 * 4096, report::toString);
  }

  private void assertRefused(StorageConfig other, String... words) {
    if (refusesPins()) {
      return;
    }
    HiCacheStorage first = tck().open(pinned(tck().config()));
    assertEquals(DONE, first.set(tck().pages().source(RECORDED, 512).page()));
    if (persists()) {
      HiCacheException refusal =
          assertThrows(HiCacheException.class, () -> tck().open(pinned(other)));
      assertEquals(FaultKind.REFUSED, refusal.kind());
      Refusal.assertNames(refusal, words);
      Refusal.assertNames(refusal, PINNED);
    } else {
      assertEquals(PINNED, tck().open(pinned(other)).inspect().namespace());
    }
    FencedPage target = tck().pages().target(RECORDED, 512);
    assertEquals(DONE, first.get(target.page()));
    target.assertHolds(Content.of(RECORDED));
  }

  /** Asserts of a store that records no identity that it takes no pinned one either. */
  private boolean refusesPins() {
    if (tck().kit().recordsIdentity()) {
      return false;
    }
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> tck().open(pinned(tck().config())));
    Refusal.assertNames(refusal, "namespace", PINNED);
    return true;
  }

  private boolean recorded() {
    return persists() && tck().kit().recordsIdentity();
  }

  private List<NamespaceRecord> records(String id) {
    return HiCacheStorages.namespaces(tck().backend(), tck().config()).stream()
        .filter(record -> record.id().equals(id))
        .toList();
  }

  private boolean persists() {
    return tck().kit().persistsAcrossReopen();
  }

  private static StorageConfig pinned(StorageConfig config) {
    return config.withOption("namespace", PINNED);
  }
}
