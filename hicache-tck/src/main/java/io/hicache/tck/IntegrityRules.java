package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static io.hicache.Outcome.MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Feature;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A page that was damaged in the store never comes back as if it were whole. */
interface IntegrityRules extends Rules {
  PageKey DAMAGED = new PageKey("damaged");
  int DAMAGED_BYTES = 8192;

  @Test
  default void get_pageWithAWrongByte_isMismatch() throws Exception {
    tck().put(DAMAGED, DAMAGED_BYTES);
    if (corrupt()) {
      FencedPage target = tck().pages().target(DAMAGED, DAMAGED_BYTES);
      Outcome checked = tck().has(Feature.CHECKSUMS) ? MISMATCH : DONE;
      assertEquals(checked, tck().store().get(target.page()));
    } else {
      tck().assertStored(DAMAGED, DAMAGED_BYTES);
    }
  }

  @Test
  default void pageWithAWrongByte_onceRead_isGoneAndCanBeSetAnew() throws Exception {
    tck().put(DAMAGED, DAMAGED_BYTES);
    if (corrupt() && tck().has(Feature.CHECKSUMS)) {
      tck().store().get(tck().pages().target(DAMAGED, DAMAGED_BYTES).page());
      tck().assertAbsent(DAMAGED);
      tck().put(DAMAGED, Content.of(DAMAGED, 1), DAMAGED_BYTES);
      tck().assertStored(DAMAGED, Content.of(DAMAGED, 1), DAMAGED_BYTES);
    } else {
      assertTrue(tck().store().exists(DAMAGED));
    }
  }

  @Test
  default void pageWithAWrongByte_inABatch_harmsNoOther() throws Exception {
    List<PageKey> keys = List.of(new PageKey("before"), DAMAGED, new PageKey("after"));
    tck().putAll(keys, DAMAGED_BYTES);
    boolean told = corrupt() && tck().has(Feature.CHECKSUMS);
    List<FencedPage> targets = tck().pages().targets(keys, DAMAGED_BYTES);
    assertEquals(
        List.of(DONE, told ? MISMATCH : DONE, DONE),
        tck().store().batchGet(BatchRules.pages(targets)).outcomes());
    targets.getFirst().assertHolds(Content.of(keys.getFirst()));
    targets.getLast().assertHolds(Content.of(keys.getLast()));
  }

  @Test
  default void pageWithAWrongByte_readIntoAnotherLength_isMismatch() throws Exception {
    tck().put(DAMAGED, DAMAGED_BYTES);
    corrupt();
    FencedPage target = tck().pages().target(DAMAGED, DAMAGED_BYTES + 1);
    assertEquals(MISMATCH, tck().store().get(target.page()));
  }

  @Test
  default void get_pageCutShort_isNeverDone() throws Exception {
    tck().put(DAMAGED, DAMAGED_BYTES);
    if (tck().kit().truncate(DAMAGED)) {
      Outcome outcome = tck().store().get(tck().pages().target(DAMAGED, DAMAGED_BYTES).page());
      assertTrue(Set.of(MISMATCH, ABSENT).contains(outcome), outcome::toString);
    } else {
      tck().assertStored(DAMAGED, DAMAGED_BYTES);
    }
  }

  @Test
  default void pageCutShort_readInItsNewLength_isNeverDone() throws Exception {
    tck().put(DAMAGED, DAMAGED_BYTES);
    boolean cut = tck().kit().truncate(DAMAGED);
    for (int bytes : new int[] {DAMAGED_BYTES / 2, 1}) {
      Outcome outcome = tck().store().get(tck().pages().target(DAMAGED, bytes).page());
      // Without checksums it may pass for a page of that length, unless a record of it tells.
      boolean plausible = cut && bytes > 1 && !tck().has(Feature.CHECKSUMS);
      Set<Outcome> allowed =
          plausible
              ? Set.of(DONE, MISMATCH, ABSENT)
              : cut ? Set.of(MISMATCH, ABSENT) : Set.of(MISMATCH);
      assertTrue(allowed.contains(outcome), () -> outcome + " in " + bytes + " bytes");
    }
  }

  @Test
  default void pageCutShort_onceRead_canBeSetAnew() throws Exception {
    tck().put(DAMAGED, DAMAGED_BYTES);
    if (tck().kit().truncate(DAMAGED)) {
      tck().store().get(tck().pages().target(DAMAGED, DAMAGED_BYTES).page());
      tck().put(DAMAGED, Content.of(DAMAGED, 1), DAMAGED_BYTES);
      tck().assertStored(DAMAGED, Content.of(DAMAGED, 1), DAMAGED_BYTES);
    } else {
      tck().assertStored(DAMAGED, DAMAGED_BYTES);
    }
  }

  /** Damages the page; a backend that says it would notice must let it be tried. */
  private boolean corrupt() throws Exception {
    boolean done = tck().kit().corrupt(DAMAGED);
    assertTrue(
        done || !tck().has(Feature.CHECKSUMS),
        "capabilities list CHECKSUMS: override corrupt(PageKey), so that it can be tried");
    return done;
  }
}
