package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.FAILED_REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.FaultKind;
import io.hicache.Feature;
import io.hicache.HiCacheException;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A store that deletes removes what it was told to and nothing else; one that cannot says so. */
interface DeleteRules extends Rules {
  PageKey DELETED = new PageKey("deleted");

  @Test
  default void delete_presentPage_isDoneAndThePageIsGone() {
    tck().put(DELETED, 4096);
    if (tck().has(Feature.DELETES)) {
      assertEquals(DONE, tck().store().delete(DELETED));
      tck().assertAbsent(DELETED);
    } else {
      assertRefused();
      tck().assertStored(DELETED, 4096);
    }
  }

  @Test
  default void delete_absentPage_isAbsent() {
    if (tck().has(Feature.DELETES)) {
      assertEquals(ABSENT, tck().store().delete(DELETED));
    } else {
      assertRefused();
    }
  }

  @Test
  default void set_afterDelete_storesAnew() {
    tck().put(DELETED, 512);
    List<Outcome> deleted = tck().store().batchDelete(List.of(DELETED)).outcomes();
    if (tck().has(Feature.DELETES)) {
      assertEquals(List.of(DONE), deleted);
      tck().put(DELETED, Content.of(DELETED, 1), 512);
      tck().assertStored(DELETED, Content.of(DELETED, 1), 512);
    } else {
      assertEquals(List.of(FAILED_REFUSED), deleted);
      tck().assertStored(DELETED, 512);
    }
  }

  @Test
  default void batchDelete_ofPresentAndAbsent_answersInOrder() {
    List<PageKey> keys = BatchRules.keys("delete", 6);
    tck().putAll(keys.subList(0, 4), 64);
    List<PageKey> asked = List.of(keys.get(5), keys.get(0), keys.get(4), keys.get(2));
    List<Outcome> outcomes = tck().store().batchDelete(asked).outcomes();
    boolean deletes = tck().has(Feature.DELETES);
    assertEquals(
        deletes
            ? List.of(ABSENT, DONE, ABSENT, DONE)
            : StoreUnderTest.outcomes(asked.size(), FAILED_REFUSED),
        outcomes);
    Outcome ofDeleted = deletes ? ABSENT : DONE;
    assertEquals(
        List.of(ofDeleted, DONE, ofDeleted, DONE, ABSENT, ABSENT),
        tck().store().batchPresent(keys).outcomes());
  }

  @Test
  default void delete_inOnePool_leavesTheOther() {
    PageKey other = DELETED.in(KeyRules.MAMBA);
    tck().put(DELETED, 64);
    tck().put(other, 64);
    Outcome outcome = tck().store().batchDelete(List.of(other)).get(0);
    assertEquals(tck().has(Feature.DELETES) ? DONE : FAILED_REFUSED, outcome);
    tck().assertStored(DELETED, 64);
  }

  @Test
  default void clear_removesEveryPage() {
    List<PageKey> keys =
        Stream.of(DELETED, DELETED.in(KeyRules.MAMBA), new PageKey("k".repeat(512)))
            .filter(tck().kit()::canName)
            .toList();
    tck().putAll(keys, 64);
    tck().store().clear();
    if (tck().has(Feature.CLEARS)) {
      keys.forEach(key -> tck().assertAbsent(key));
      tck().putAll(keys, 32);
    } else {
      keys.forEach(key -> tck().assertStored(key, 64));
    }
  }

  @Test
  default void clear_leavesOtherNamespaces() {
    HiCacheStorage other = tck().open(Variants.name(tck().config()));
    FencedPage source = tck().pages().source(DELETED, 64);
    assertEquals(DONE, other.set(source.page()));
    tck().put(DELETED, Content.of(DELETED, 1), 64);
    tck().store().clear();
    FencedPage target = tck().pages().target(DELETED, 64);
    assertEquals(DONE, other.get(target.page()));
    target.assertHolds(Content.of(DELETED));
  }

  private void assertRefused() {
    HiCacheException refusal =
        assertThrows(HiCacheException.class, () -> tck().store().delete(DELETED));
    assertEquals(FaultKind.REFUSED, refusal.kind());
  }
}
