package io.hicache.tck;

import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.KEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.CallOptions;
import io.hicache.Feature;
import io.hicache.HiCacheStorage;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was DONE is there for the next who opens the store, where the store outlives a process. */
interface ReopenRules extends Rules {
  PageKey REOPENED = new PageKey("reopened");

  @Test
  default void pages_afterReopening_areThere() {
    List<PageKey> keys = BatchRules.keys("reopened", 100);
    tck().putAll(keys, 4096);
    tck().reopen();
    assertEquals(persists() ? 100 : 0, tck().store().batchExists(keys));
    keys.forEach(key -> {
      if (persists()) {
        tck().assertStored(key, 4096);
      } else {
        tck().assertAbsent(key);
      }
    });
  }

  @Test
  default void set_afterReopening_keepsWhatIsThere() {
    tck().put(REOPENED, 512);
    tck().reopen();
    FencedPage other = tck().pages().source(REOPENED, Content.of(REOPENED, 1), 512);
    assertEquals(persists() ? KEPT : DONE, tck().store().set(other.page()));
    tck().assertStored(REOPENED, Content.of(REOPENED, persists() ? 0 : 1), 512);
  }

  @Test
  default void replacedPage_afterReopening_isTheNewOne() {
    tck().put(REOPENED, 512);
    tck().put(REOPENED, Content.of(REOPENED, 1), 1024);
    tck().reopen();
    if (persists()) {
      tck().assertStored(REOPENED, Content.of(REOPENED, 1), 1024);
    } else {
      tck().assertAbsent(REOPENED);
    }
  }

  @Test
  default void deletedPage_afterReopening_isAbsent() {
    tck().put(REOPENED, 512);
    Outcome deleted = tck().store().batchDelete(List.of(REOPENED)).get(0);
    tck().reopen();
    if (deleted == DONE || !persists()) {
      tck().assertAbsent(REOPENED);
    } else {
      tck().assertStored(REOPENED, 512);
    }
    assertEquals(tck().has(Feature.DELETES) ? DONE : Outcome.FAILED_REFUSED, deleted);
  }

  @Test
  default void anotherStorage_onTheSameStore_seesThePages() {
    HiCacheStorage other = tck().open(tck().config());
    tck().put(REOPENED, 512);
    FencedPage target = tck().pages().target(REOPENED, 512);
    assertEquals(persists() ? DONE : Outcome.ABSENT, other.get(target.page()));
    assertEquals(persists(), other.exists(REOPENED, CallOptions.DEFAULT));
    if (persists()) {
      target.assertHolds(Content.of(REOPENED));
    } else {
      target.assertUntouched();
    }
  }

  private boolean persists() {
    return tck().kit().persistsAcrossReopen();
  }
}
