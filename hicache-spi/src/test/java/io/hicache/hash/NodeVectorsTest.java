package io.hicache.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hicache.PageKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chains of a radix tree's nodes, as SGLang stores them and tells of them in events. */
class NodeVectorsTest {
  static Stream<JsonNode> trees() {
    return part("trees");
  }

  static Stream<JsonNode> numbers() {
    return part("int64");
  }

  static Stream<JsonNode> splits() {
    return part("split_node_hash_value");
  }

  private static Stream<JsonNode> part(String name) {
    return Vectors.each(Vectors.read("nodes.json").required(name));
  }

  @Test
  void vectors_areAsManyAsSglangMade() {
    assertEquals(10, trees().count());
    assertEquals(30, trees().mapToLong(tree -> tree.required("nodes").size()).sum());
    assertEquals(10, numbers().count());
    assertEquals(4, splits().count());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("trees")
  void keys_nodeAfterNode_areWhatSglangStores(JsonNode tree) {
    PageHasher hasher =
        PageHasher.of(tree.required("page_size").intValue())
            .inNamespace(Vectors.text(tree, "extra_key"), Vectors.text(tree, "cache_salt"));
    for (JsonNode node : tree.required("nodes")) {
      List<PageKey> keys = hasher.keys(Vectors.tokens(node));
      assertEquals(Vectors.texts(node.required("storage_hashes")), Vectors.values(keys));
      hasher = hasher.after(keys.getLast());
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("trees")
  void keys_afterAnEventSeed_areWhatSglangTellsOf(JsonNode tree) {
    PageHasher hasher =
        PageHasher.of(tree.required("page_size").intValue())
            .after(KvEvents.seed(Vectors.text(tree, "cache_salt")));
    for (JsonNode node : tree.required("nodes")) {
      List<PageKey> keys = hasher.keys(Vectors.tokens(node));
      assertEquals(Vectors.texts(node.required("event_hashes")), Vectors.values(keys));
      assertEquals(
          Vectors.each(node.required("event_int64")).map(JsonNode::longValue).toList(),
          keys.stream().map(KvEvents::blockId).toList());
      hasher = hasher.after(keys.getLast());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numbers")
  void blockId_ofVector_isSglangs(JsonNode vector) {
    assertEquals(
        vector.required("int64").longValue(),
        KvEvents.blockId(new PageKey(vector.required("hash").textValue())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("splits")
  void pages_ofTokensBeforeASplit_splitsKeysAsSglangDoes(JsonNode vector) {
    List<String> keys = Vectors.texts(vector.required("in"));
    int at =
        PageHasher.of(vector.required("page_size").intValue())
            .pages(vector.required("split_len").intValue());
    assertEquals(Vectors.texts(vector.required("out").get(0)), keys.subList(0, at));
    assertEquals(Vectors.texts(vector.required("out").get(1)), keys.subList(at, keys.size()));
  }
}
