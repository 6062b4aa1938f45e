package io.hicache;

import static io.hicache.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The names of pages and pools. */
class KeyTest {

  @Test
  void pageKey_ofLegalText_isTaken() {
    List<String> legal =
        List.of(
            "a", ".", "a.b.c", "~!@#$%^&*()_+-=[]{}|;':\",<>?", "0".repeat(64), "a".repeat(512));
    for (String text : legal) {
      assertEquals(text, new PageKey(text).value());
      assertEquals(PoolName.KV, new PageKey(text).pool());
    }
  }

  @Test
  void pageKey_ofWrongLength_isRefused() {
    assertRefused(() -> new PageKey(""), "key \"\"", "1 to 512 characters");
    assertRefused(
        () -> new PageKey("a".repeat(513)), "\"aaaa", "(513 characters)", "1 to 512 characters");
  }

  @Test
  void pageKey_ofEveryCharacter_takesExactlyThePrintableOnesButSeparators() {
    for (char c = 0; c < 0x3000; c++) {
      String text = "a" + c + "b";
      boolean legal = c >= 0x21 && c <= 0x7e && c != '/' && c != '\\';
      if (legal) {
        assertEquals(text, new PageKey(text).value());
      } else {
        assertRefused(() -> new PageKey(text), "0x21 to 0x7E");
      }
    }
    assertRefused(() -> new PageKey("\ud83d\ude00"), "\\ud83d");
  }

  @Test
  void pageKey_ofCharactersALogWouldObey_isRefusedInEscapedWords() {
    assertRefused(() -> new PageKey("a\u0000b"), "a\\u0000b");
    assertRefused(() -> new PageKey("a\nb"), "a\\u000ab");
    assertRefused(() -> new PageKey("a\u001b[2J"), "a\\u001b[2J");
    assertRefused(() -> new PageKey("a\u007f"), "\\u007f");
    assertRefused(() -> new PageKey("schl\u00fcssel"), "schl\\u00fcssel");
    assertRefused(() -> new PageKey("two words"), "\"two words\"");
  }

  @Test
  void pageKey_withDotsInARow_isRefused() {
    for (String text : List.of("..", "...", "a..", "..b", "a..b", "..hidden")) {
      assertRefused(() -> new PageKey(text), text, "must not contain ..");
    }
    assertRefused(() -> new PageKey("../../etc/passwd"), "../../etc/passwd");
  }

  @Test
  void pageKey_ofAnotherPool_isAnotherPage() {
    PageKey key = new PageKey("k");
    PageKey mamba = key.in(new PoolName("mamba"));
    assertNotEquals(key, mamba);
    assertEquals(key, mamba.in(PoolName.KV));
    assertEquals("k", key.toString());
    assertEquals("k@mamba", mamba.toString());
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without a checker of nulls may pass
  void pageKey_ofNothing_isRefusedByName() {
    assertEquals(
        "value", assertThrows(NullPointerException.class, () -> new PageKey(null)).getMessage());
    assertEquals(
        "pool",
        assertThrows(NullPointerException.class, () -> new PageKey("k", null)).getMessage());
  }

  @Test
  void poolName_ofLegalText_isTaken() {
    for (String text : List.of("kv", "k", "mamba", "swa_2", "a".repeat(64))) {
      assertEquals(text, new PoolName(text).toString());
    }
  }

  @Test
  void poolName_ofOtherText_isRefused() {
    List<String> illegal =
        List.of("", "KV", "2d", "_a", "a-b", "a.b", "a b", "a/b", "\u00e4", "a".repeat(65));
    for (String text : illegal) {
      assertRefused(() -> new PoolName(text), "pool name \"", "1 to 64 of a-z, 0-9 and _");
    }
  }

  @Test
  void poolName_inASortedSet_standsInTheOrderOfItsText() {
    TreeSet<PoolName> names =
        new TreeSet<>(List.of(new PoolName("swa"), PoolName.KV, new PoolName("mamba")));
    assertEquals("[kv, mamba, swa]", names.toString());
    assertTrue(names.contains(new PoolName("kv")));
  }
}
