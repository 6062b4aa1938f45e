package io.hicache.tck;

import static io.hicache.Outcome.ABSENT;
import static io.hicache.Outcome.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.Feature;
import io.hicache.Outcome;
import io.hicache.PageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Presence says what a read would find, and the leading run is what a scheduler may restore. */
interface PresenceRules extends Rules {

  @Test
  default void batchPresent_ofPresentAndAbsent_answersInOrder() {
    List<PageKey> keys = BatchRules.keys("present", 30);
    List<Outcome> expected = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      boolean present = i % 7 < 3;
      if (present) {
        tck().put(keys.get(i), 64);
      }
      expected.add(present ? DONE : ABSENT);
    }
    assertEquals(expected, tck().store().batchPresent(keys).outcomes());
  }

  @Test
  default void batchPresent_ofRepeatedKeys_answersForEach() {
    PageKey here = new PageKey("here");
    PageKey gone = new PageKey("gone");
    tck().put(here, 64);
    assertEquals(
        List.of(DONE, ABSENT, DONE, ABSENT, DONE),
        tck().store().batchPresent(List.of(here, gone, here, gone, here)).outcomes());
  }

  @Test
  default void batchPresent_ofThousandsOfKeys_answersForEach() {
    List<PageKey> keys = BatchRules.keys("many", 5000);
    List<PageKey> stored = keys.stream().filter(key -> key.value().endsWith("7")).toList();
    tck().putAll(stored, 16);
    List<Outcome> expected =
        keys.stream().map(key -> key.value().endsWith("7") ? DONE : ABSENT).toList();
    assertEquals(expected, tck().store().batchPresent(keys).outcomes());
  }

  @Test
  default void batchExists_ofNothing_isZero() {
    assertEquals(0, tck().store().batchExists(List.of()));
  }

  @Test
  default void batchExists_ofAbsentPages_isZero() {
    assertEquals(0, tck().store().batchExists(BatchRules.keys("run", 5)));
  }

  @Test
  default void batchExists_ofPresentPages_isAllOfThem() {
    List<PageKey> keys = BatchRules.keys("run", 64);
    tck().putAll(keys, 64);
    assertEquals(64, tck().store().batchExists(keys));
  }

  @Test
  default void batchExists_overAGap_stopsThere() {
    List<PageKey> keys = BatchRules.keys("run", 10);
    tck().putAll(keys.subList(0, 4), 64);
    tck().putAll(keys.subList(5, 10), 64);
    assertEquals(4, tck().store().batchExists(keys));
  }

  @Test
  default void batchExists_withoutTheFirst_isZero() {
    List<PageKey> keys = BatchRules.keys("run", 10);
    tck().putAll(keys.subList(1, 10), 64);
    assertEquals(0, tck().store().batchExists(keys));
  }

  @Test
  default void batchExists_ofRepeatedKeys_countsEach() {
    PageKey here = new PageKey("here");
    tck().put(here, 64);
    PageKey gone = new PageKey("gone");
    assertEquals(3, tck().store().batchExists(List.of(here, here, here, gone, here)));
  }

  @Test
  default void exists_inAnotherPool_isFalse() {
    PageKey here = new PageKey("here");
    tck().put(here, 64);
    assertEquals(
        List.of(ABSENT, DONE),
        tck().store().batchPresent(List.of(here.in(KeyRules.MAMBA), here)).outcomes());
  }

  @Test
  default void length_ofPresentPage_isItsPayloadWhereTheStoreCanTell() {
    for (int bytes : new int[] {1, 4095, 65_536}) {
      PageKey key = new PageKey("length-" + bytes);
      tck().put(key, bytes);
      OptionalLong expected =
          tck().has(Feature.TELLS_LENGTH) ? OptionalLong.of(bytes) : OptionalLong.empty();
      assertEquals(expected, tck().store().length(key));
    }
  }

  @Test
  default void length_ofReplacedPage_isTheNewOne() {
    PageKey key = new PageKey("length");
    tck().put(key, 100);
    tck().put(key, Content.of(key, 1), 200);
    OptionalLong expected =
        tck().has(Feature.TELLS_LENGTH) ? OptionalLong.of(200) : OptionalLong.empty();
    assertEquals(expected, tck().store().length(key));
  }

  @Test
  default void length_ofAbsentPage_isEmpty() {
    PageKey key = new PageKey("length");
    assertEquals(OptionalLong.empty(), tck().store().length(key));
    tck().put(key, 100);
    assertEquals(OptionalLong.empty(), tck().store().length(key.in(KeyRules.MAMBA)));
  }
}
