package io.hicache.hash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.PageKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What SGLang 0.5.23's own code computed, from the files under {@code vectors/hash}. */
final class Vectors {
  private Vectors() {}

  static JsonNode read(String file) {
    String path = "/vectors/hash/" + file;
    try (InputStream in = Vectors.class.getResourceAsStream(path)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, path));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Returns a case's tokens: listed, or by the formula in the file's notes. */
  static long[] tokens(JsonNode from) {
    if (from.has("tokens")) {
      return each(from.get("tokens")).mapToLong(JsonNode::longValue).toArray();
    }
    JsonNode formula = from.required("tokens_gen");
    long seed = formula.required("seed").longValue();
    long mod = formula.required("mod").longValue();
    return LongStream.range(0, formula.required("n").longValue())
        .map(i -> (seed * 1_000_003 + i * 7919 + (i * i % 65_537) * 31) % mod)
        .toArray();
  }

  /** Returns a text field: null, listed, or a text repeated. */
  static @Nullable String text(JsonNode from, String field) {
    JsonNode repeat = from.get(field + "_repeat");
    if (repeat != null) {
      return repeat.get(0).textValue().repeat(repeat.get(1).intValue());
    }
    return from.required(field).textValue();
  }

  static List<String> texts(JsonNode array) {
    return each(array).map(JsonNode::textValue).toList();
  }

  static List<String> values(List<PageKey> keys) {
    return keys.stream().map(PageKey::value).toList();
  }
}
