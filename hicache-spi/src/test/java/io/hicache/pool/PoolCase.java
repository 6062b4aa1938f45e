package io.hicache.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hicache.HostPart;
import io.hicache.Part;
import io.hicache.PoolName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A host pool as SGLang 0.5.23 built, filled and read it: one case of {@code pools.json}, with the
 * shape that describes it here.
 */
record PoolCase(JsonNode json, PoolShape shape) {
  static List<PoolCase> all() {
    try (InputStream in = PoolCase.class.getResourceAsStream("/vectors/pools/pools.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).get("cases").spliterator(), false)
          .map(json -> new PoolCase(json, CaseShapes.of(json)))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static PoolCase named(String id) {
    return all().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  String id() {
    return json.get("id").asText();
  }

  /** What cases of one content in several layouts share. */
  String family() {
    return id().replaceFirst("\\..*", "");
  }

  boolean hasFlatPage() {
    return !json.get("pages").get(0).has("flat_error");
  }

  Stream<JsonNode> pages() {
    return StreamSupport.stream(json.get("pages").spliterator(), false);
  }

  HostPool pool(List<MemorySegment> buffers) {
    return HostPool.over(new PoolName("kv"), shape, buffers);
  }

  /** The pool as SGLang filled it. */
  HostPool filled(Arena arena) {
    return pool(CaseFill.buffers(this, arena));
  }

  /** The pool filled with a byte that no read has put there. */
  HostPool blank(Arena arena) {
    List<MemorySegment> buffers = new ArrayList<>();
    for (PoolBuffer buffer : shape.buffers()) {
      buffers.add(arena.allocate(buffer.bytes(), 4096).fill((byte) 0xEE));
    }
    return pool(buffers);
  }

  /** Writes a flat page part by part. */
  static void scatter(byte[] flat, List<Part> parts) {
    int at = 0;
    for (Part part : parts) {
      MemorySegment memory = ((HostPart) part).segment();
      MemorySegment.copy(flat, at, memory, ValueLayout.JAVA_BYTE, 0, (int) part.bytes());
      at += (int) part.bytes();
    }
    if (at != flat.length) {
      throw new AssertionError(at + " bytes of parts for a flat page of " + flat.length);
    }
  }

  static byte[] gather(List<Part> parts) {
    byte[] flat = new byte[(int) parts.stream().mapToLong(Part::bytes).sum()];
    int at = 0;
    for (Part part : parts) {
      MemorySegment memory = ((HostPart) part).segment();
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, flat, at, (int) part.bytes());
      at += (int) part.bytes();
    }
    return flat;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> digests(HostPool pool) {
    return pool.buffers().stream()
        .map(buffer -> sha256(buffer.toArray(ValueLayout.JAVA_BYTE)))
        .toList();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  byte[] resource(String name) {
    try (InputStream in = PoolCase.class.getResourceAsStream("/vectors/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
