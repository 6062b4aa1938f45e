package io.hicache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every character of one byte, and some beyond, wherever a key can hold it. */
class PageKeyCharactersTest {

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%sabc", "abc%s", "ab%scd", ".%s", ".a%s.a"})
  void key_ofEveryCharacter_isRefusedUnlessLegal(String form) {
    for (int c = 0; c <= Character.MAX_VALUE; c += c < 0x200 ? 1 : 0xff) {
      String value = form.replace("%s", String.valueOf((char) c));
      boolean printable = c >= '!' && c <= '~';
      if (printable && "/\\".indexOf(c) < 0 && !value.contains("..")) {
        assertEquals(value, new PageKey(value).value());
      } else {
        assertThrows(IllegalArgumentException.class, () -> new PageKey(value), value);
      }
    }
  }

  @Test
  void key_ofDotsApart_isTaken() {
    assertEquals(".a.b.", new PageKey(".a.b.").value());
    assertThrows(IllegalArgumentException.class, () -> new PageKey("a.b..c"));
    assertThrows(IllegalArgumentException.class, () -> new PageKey("a.b/c"));
  }
}
