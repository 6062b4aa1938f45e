package io.hicache.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every namespace seed that SGLang computed, and the first page behind it. */
class NamespaceVectorsTest {
  static Stream<JsonNode> seeds() {
    return Vectors.each(Vectors.read("namespaces.json").required("seeds"));
  }

  @Test
  void seeds_areAsManyAsInTheManifest() {
    assertEquals(16, seeds().count());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("seeds")
  void namespaceSeed_ofVector_isSglangs(JsonNode vector) {
    assertEquals(
        vector.required("seed").textValue(),
        PageHasher.namespaceSeed(extraKey(vector), cacheSalt(vector)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("seeds")
  void inNamespace_ofVector_beginsTheChainAsRadixKeyDoes(JsonNode vector) {
    PageHasher hasher = PageHasher.of(4).inNamespace(extraKey(vector), cacheSalt(vector));
    assertEquals(
        Vectors.texts(vector.required("page4_tokens_1_2_3_4_via_RadixKey")),
        Vectors.values(hasher.keys(new int[] {1, 2, 3, 4})));
  }

  private static @Nullable String extraKey(JsonNode vector) {
    return Vectors.text(vector, "extra_key");
  }

  private static @Nullable String cacheSalt(JsonNode vector) {
    return Vectors.text(vector, "cache_salt");
  }
}
