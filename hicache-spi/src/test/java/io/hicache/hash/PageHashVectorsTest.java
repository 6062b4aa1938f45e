package io.hicache.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page hash that SGLang computed. */
class PageHashVectorsTest {
  /** The manifest's count of cases in each group. */
  private static final String COUNTS =
      """
      bigram=19 bigram_continuation=9 bigram_continuation_whole=3 bigram_long=2 \
      bigram_partial_tail=5 bigram_single=2 boundary=34 continuation=16 continuation_whole=4 \
      limit=3 long_chain=6 namespace=45 namespace_bigram=15 namespace_wide=15 \
      namespace_with_prior=15 partial_tail=6 plain=29 prior_arbitrary=8 prior_empty_string=1 \
      random=60 single=13 wide=7 wide_bigram=3 wide_bigram_single=1 wide_mixed_pages=2 \
      wide_random=6 wide_random_bigram=6 wide_single=2\
      """;

  /** Every field that the test takes into account. */
  private static final Set<String> FIELDS =
      Set.of(
          "id group fn page_size tokens tokens_gen limit bigram prior extra_key cache_salt hashes result pages first last sha256_of_joined_hex"
              .split(" "));

  record Case(JsonNode json) {
    @Override
    public String toString() {
      return json.required("id") + " " + json.required("group").textValue();
    }

    PageHasher hasher() {
      PageHasher hasher = PageHasher.of(json.required("page_size").asInt(1));
      if (json.path("bigram").booleanValue()) {
        hasher = hasher.bigram();
      }
      if (json.has("extra_key")) {
        hasher =
            hasher.inNamespace(Vectors.text(json, "extra_key"), Vectors.text(json, "cache_salt"));
      }
      return hasher.after(json.path("prior").textValue());
    }

    long[] tokens() {
      long[] tokens = Vectors.tokens(json);
      return Arrays.copyOf(tokens, json.path("limit").asInt(tokens.length));
    }

    boolean whole() {
      return json.required("page_size").isNull();
    }
  }

  static Stream<Case> cases() {
    return Vectors.each(Vectors.read("page_hashes.json").required("cases")).map(Case::new);
  }

  static Stream<Case> paged() {
    return cases().filter(each -> !each.whole());
  }

  static Stream<Case> whole() {
    return cases().filter(Case::whole);
  }

  @Test
  void cases_perGroup_areAsManyAsInTheManifest() {
    Map<String, Long> counts =
        cases()
            .collect(
                Collectors.groupingBy(
                    each -> each.json().required("group").textValue(),
                    TreeMap::new,
                    Collectors.counting()));
    String shown =
        counts.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    assertEquals(COUNTS, shown);
    assertEquals(337, paged().count() + whole().count());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("paged")
  void keys_ofVector_areSglangs(Case vector) {
    checkFields(vector);
    long[] tokens = vector.tokens();
    PageHasher hasher = vector.hasher().withPartialTail();
    List<String> keys = Vectors.values(hasher.keys(tokens));
    checkKeys(vector.json(), keys);
    assertEquals(keys.size(), hasher.pages(tokens.length));
    assertEquals(
        String.join("", keys), HexFormat.of().formatHex(hasher.digests(tokens, 0, tokens.length)));
    List<String> wholePages = Vectors.values(vector.hasher().keys(tokens));
    assertEquals(keys.subList(0, vector.hasher().pages(tokens.length)), wholePages);
    if (fitsInt(tokens)) {
      int[] ids = Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray();
      assertEquals(keys, Vectors.values(hasher.keys(ids)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whole")
  void whole_ofVector_isSglangs(Case vector) {
    checkFields(vector);
    long[] tokens = vector.tokens();
    String expected = vector.json().required("result").textValue();
    assertEquals(expected, vector.hasher().whole(tokens).value());
    if (fitsInt(tokens)) {
      int[] ids = Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray();
      assertEquals(expected, vector.hasher().whole(ids).value());
    }
  }

  private static void checkFields(Case vector) {
    List<String> names = new ArrayList<>();
    vector.json().fieldNames().forEachRemaining(names::add);
    assertTrue(FIELDS.containsAll(names), "a field that is not looked at: " + names);
  }

  /** Long chains are given by their ends and a digest of all. */
  private static void checkKeys(JsonNode json, List<String> keys) {
    if (json.has("hashes")) {
      assertEquals(Vectors.texts(json.get("hashes")), keys);
      return;
    }
    assertEquals(json.required("pages").intValue(), keys.size());
    assertEquals(json.required("first").textValue(), keys.getFirst());
    assertEquals(json.required("last").textValue(), keys.getLast());
    byte[] joined = String.join("\n", keys).getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        json.required("sha256_of_joined_hex").textValue(),
        HexFormat.of().formatHex(Digests.sha256().digest(joined)));
  }

  private static boolean fitsInt(long[] tokens) {
    return Arrays.stream(tokens).allMatch(token -> token <= Integer.MAX_VALUE);
  }
}
