package io.hicache.tck;

import static io.hicache.tck.Refusal.FRESH;

import io.hicache.HiCacheStorages;
import io.hicache.Page;
import io.hicache.PageKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wrong key, list, name or option is refused by a message that says what and why. */
interface BadCallRules extends Rules {

  @Test
  default void keyWithASeparator_isRefused() {
    assertKeyRefused("a/b", "\"a/b\"");
    assertKeyRefused("a\\b", "\"a\\b\"");
  }

  @Test
  default void keyWithTwoDots_isRefused() {
    assertKeyRefused("..", "..");
    assertKeyRefused("a..b", "..");
  }

  @Test
  default void keyWithAControlCharacter_isRefused() {
    assertKeyRefused("a\u0000b", "0x21");
    assertKeyRefused("a\nb", "0x21");
    assertKeyRefused("a b", "0x21");
    assertKeyRefused("a\u007fb", "0x21");
    assertKeyRefused("\u00e9", "0x21");
  }

  @Test
  default void keyOfNoneOr513Characters_isRefused() {
    assertKeyRefused("", "1 to 512");
    assertKeyRefused("k".repeat(513), "1 to 512");
  }

  @Test
  default void batchSet_ofOneKeyTwice_isRefusedWhole() {
    Page twin = tck().pages().source(new PageKey("twin"), 64).page();
    Page other = tck().pages().source(twin.key(), 64).page();
    Page fresh = tck().pages().source(FRESH, 64).page();
    Refusal.ofArgument(
        tck(),
        () -> tck().store().batchSet(List.of(fresh, twin, other)),
        "sources[1]",
        "sources[2]",
        "twin",
        "same key");
    tck().assertAbsent(twin.key());
  }

  @Test
  default void batchWithANull_isRefusedWhole() {
    List<Page> pages = new ArrayList<>();
    pages.add(tck().pages().source(FRESH, 64).page());
    pages.add(null);
    Refusal.ofNull(tck(), () -> tck().store().batchSet(pages));
  }

  @Test
  default void unknownBackend_isRefusedByName() {
    Refusal.ofArgument(
        tck(),
        () -> HiCacheStorages.open("no-such-backend", tck().config()),
        "no-such-backend",
        tck().backend());
  }

  @Test
  default void unknownOption_isRefusedByName() {
    Refusal.ofArgument(
        tck(),
        () -> tck().open(tck().config().withOption("no-such-option", "1")),
        "no-such-option");
  }

  @Test
  default void namespaceThatCouldEscape_isRefused() {
    Refusal.ofArgument(
        tck(),
        () -> tck().open(tck().config().withOption("namespace", "../escaped")),
        "../escaped");
  }

  private void assertKeyRefused(String value, String word) {
    Refusal.ofArgument(tck(), () -> tck().store().exists(new PageKey(value)), "key", word);
  }
}
