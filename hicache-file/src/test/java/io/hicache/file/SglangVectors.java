package io.hicache.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.ModelIdentity;
import io.hicache.PageKey;
import io.hicache.PageLayout;
import io.hicache.RankCoordinates;
import io.hicache.StorageConfig;
import io.hicache.spi.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What SGLang 0.5.23's own file backend wrote, and how to open a store as it was configured. */
final class SglangVectors {
  private static final JsonNode CASES = read();

  private SglangVectors() {}

  static JsonNode cases() {
    return CASES;
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Returns the first of the keys that every case uses. */
  static List<PageKey> keys(int count) {
    return each(CASES.required("keys_of_pages").required("keys"))
        .limit(count)
        .map(key -> new PageKey(key.textValue()))
        .toList();
  }

  /** Returns what SGLang's configuration is here; a page's tokens are the logical ones. */
  static StorageConfig config(JsonNode from, Path directory) {
    ModelIdentity model =
        new ModelIdentity(
            Optional.ofNullable(from.required("model_name").textValue()),
            Optional.empty(),
            Optional.of("bfloat16"),
            from.required("logical_page_size").asInt(4),
            PageLayout.LAYER_FIRST,
            from.required("is_mla_model").booleanValue());
    return new StorageConfig(model, ranks(from), Map.of(), Map.of())
        .with(Environment.class, Environment.EMPTY)
        .withOption("naming", "sglang")
        .withOption("dir", directory.toString());
  }

  static HiCacheStorage open(StorageConfig config) {
    return HiCacheStorages.open("file", config);
  }

  /** Byte i of a stream, as every vector is filled. */
  static byte fill(long stream, long i) {
    return (byte) ((((stream << 40) + i) * 0x9E3779B97F4A7C15L) >>> 56);
  }

  static byte[] content(JsonNode content) {
    long stream = content.required("stream").longValue();
    long start = content.required("start").longValue();
    byte[] bytes = new byte[content.required("length").intValue()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = fill(stream, start + i);
    }
    return bytes;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the digest of every file in a directory by its name. */
  static Map<String, String> digests(Path directory) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        digests.put(String.valueOf(file.getFileName()), sha256(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  private static RankCoordinates ranks(JsonNode from) {
    JsonNode lcm = from.required("tp_lcm_size");
    return new RankCoordinates(
        from.required("tp_rank").intValue(),
        from.required("tp_size").intValue(),
        from.required("pp_rank").intValue(),
        from.required("pp_size").intValue(),
        from.required("attn_cp_rank").intValue(),
        from.required("attn_cp_size").intValue(),
        from.required("dcp_rank").intValue(),
        from.required("dcp_size").intValue(),
        lcm.isNull() ? OptionalInt.empty() : OptionalInt.of(lcm.intValue()));
  }

  private static JsonNode read() {
    String path = "/vectors/file/cases.json";
    try (InputStream in = SglangVectors.class.getResourceAsStream(path)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, path));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
