package io.hicache.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SGLang's hash refuses is refused, and what it takes is taken. */
class ErrorVectorsTest {
  private static final int[] TOKENS = {1, 2, 3, 4};

  static Stream<JsonNode> errors() {
    return Vectors.each(Vectors.read("errors.json").required("errors"));
  }

  @Test
  void errors_areAsManyAsInTheManifest() {
    assertEquals(10, errors().count());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void keys_ofInputOnTheEdge_endAsInSglang(JsonNode vector) {
    String input = vector.required("case").textValue();
    if (vector.has("error")) {
      assertThrows(IllegalArgumentException.class, () -> hash(input));
    } else {
      assertEquals(Vectors.texts(vector.required("result")), hash(input));
    }
  }

  private static List<String> hash(String input) {
    PageHasher hasher = PageHasher.of(4);
    return Vectors.values(
        switch (input) {
          case "token id 2^63 (array 'Q')" -> hasher.keys(new long[] {1, 2, 3, 1L << 63});
          case "token id -1 (array 'q')" -> hasher.keys(new long[] {1, 2, 3, -1});
          case "prior of 31 bytes" -> hasher.after("ab".repeat(31)).keys(TOKENS);
          case "prior of 33 bytes" -> hasher.after("ab".repeat(33)).keys(TOKENS);
          case "prior not hex" -> hasher.after("zz".repeat(32)).keys(TOKENS);
          case "prior upper-case hex" ->
              hasher.withPartialTail().after("AB".repeat(32)).keys(TOKENS, 0, 2);
          case "page_size 0" -> PageHasher.of(0).keys(TOKENS);
          case "page_size -1" -> PageHasher.of(-1).keys(TOKENS);
          case "bigram tuples list [(1,2),(2,3)]" ->
              PageHasher.of(2).bigram().keys(new int[] {1, 2, 3});
          case "array 'I' [1,2,3,4]" -> hasher.keys(TOKENS);
          default -> throw new AssertionError("a case that is not looked at: " + input);
        });
  }
}
