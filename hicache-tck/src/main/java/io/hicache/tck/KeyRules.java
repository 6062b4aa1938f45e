package io.hicache.tck;

import static io.hicache.Outcome.FAILED_REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hicache.Outcome;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.PoolName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every legal key names a page of its own. */
interface KeyRules extends Rules {
  PoolName MAMBA = new PoolName("mamba");

  @Test
  default void key_of512Characters_isAPage() {
    assertDistinct(Stream.of("k".repeat(512)));
  }

  @Test
  default void keys_of512CharactersThatDifferInOne_areTwoPages() {
    String middle = "k".repeat(510);
    assertDistinct(Stream.of("a" + middle + "z", "b" + middle + "z", "a" + middle + "y"));
  }

  @Test
  default void keys_ofEachLegalCharacter_areOnePageEach() {
    assertDistinct(legalCharacters().stream());
  }

  @Test
  default void key_ofAllLegalCharacters_isAPage() {
    assertDistinct(Stream.of(String.join("", legalCharacters())));
  }

  @Test
  default void keys_thatDifferInCaseAlone_areTwoPages() {
    assertDistinct(Stream.of("deadBEEF", "DEADbeef", "deadbeef", "DEADBEEF"));
  }

  @Test
  default void keys_withDotsAtTheirEnds_areThatManyPages() {
    assertDistinct(Stream.of("x", ".x", "x.", ".x.", "x.tmp", ".tmp-x", "a.b", "a.b.", "."));
  }

  @Test
  default void keys_thatLookEscaped_areNotWhatTheyStandFor() {
    assertDistinct(
        Stream.of("A", "%41", "%2541", "\"A\"", "a:b", "a%3Ab", "a%3ab", "a_b", "a-b", "a+b"));
  }

  @Test
  default void keys_thatOtherProgramsTreatSpecially_arePages() {
    assertDistinct(Stream.of("CON", "nul", "-rf", "~", "$HOME", "*", "?", "{a}", "[a]", "#", "|"));
  }

  @Test
  default void key_inAnotherPool_isAnotherPage() {
    List<PageKey> keys = List.of(new PageKey("x"), new PageKey("x", MAMBA));
    tck().put(keys.get(0), 256);
    tck().assertAbsent(keys.get(1));
    assertDistinct(keys.subList(1, 2));
    tck().assertStored(keys.get(0), 256);
  }

  @Test
  default void key_thatReadsLikeAPool_isNotThatPool() {
    assertDistinct(
        List.of(
            new PageKey("x", MAMBA),
            new PageKey("x@mamba"),
            new PageKey("x.mamba"),
            new PageKey("mamba.x"),
            new PageKey("mamba:x"),
            new PageKey("x"),
            new PageKey("mamba"),
            new PageKey("mamba", MAMBA)));
  }

  private void assertDistinct(Stream<String> values) {
    assertDistinct(values.map(PageKey::new).toList());
  }

  /** Stores a page under each key that can have one, and finds each page its own. */
  private void assertDistinct(List<PageKey> all) {
    List<PageKey> keys = all.stream().filter(tck().kit()::canName).toList();
    keys.forEach(key -> tck().put(key, 256));
    all.stream().filter(key -> !tck().kit().canName(key)).forEach(this::assertRefused);
    keys.forEach(key -> tck().assertStored(key, 256));
  }

  private void assertRefused(PageKey key) {
    FencedPage target = tck().pages().target(key, 256);
    List<Outcome> refused = List.of(FAILED_REFUSED);
    Page source = tck().pages().source(key, 256).page();
    assertEquals(refused, tck().store().batchSet(List.of(source)).outcomes());
    assertEquals(refused, tck().store().batchGet(List.of(target.page())).outcomes());
    target.assertUntouched();
  }

  private static List<String> legalCharacters() {
    List<String> legal = new ArrayList<>();
    for (char c = 0x21; c <= 0x7e; c++) {
      if (c != '/' && c != '\\') {
        legal.add(String.valueOf(c));
      }
    }
    return legal;
  }
}
