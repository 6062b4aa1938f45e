package io.hicache.pool;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that a case's buffers were filled with, from the shapes that SGLang's arrays had and
 * not from the shapes under test. The digests of the buffers say whether they are right.
 */
final class CaseFill {
  private CaseFill() {}

  static List<MemorySegment> buffers(PoolCase each, Arena arena) {
    JsonNode json = each.json();
    long stream = json.get("fill_stream").asLong();
    List<MemorySegment> buffers = new ArrayList<>();
    for (JsonNode buffer : json.get("buffers")) {
      MemorySegment memory = arena.allocate(buffer.get("bytes").asLong(), 4096);
      int index = buffers.size();
      switch (json.get("kind").asText().replaceFirst(" .*", "")) {
        case "mha" -> fill(memory, stream, 0, attentionAxes(json));
        case "mla" -> fillLatent(json, memory, stream + index);
        case "deepseek_v4" -> fillPaged(json, memory, stream, index);
        default -> fill(memory, stream + index, 0, List.of());
      }
      buffers.add(memory);
    }
    return buffers;
  }

  /** Byte i of a stream, as every vector is filled. */
  static byte fill(long stream, long i) {
    return (byte) ((((stream << 40) + i) * 0x9E3779B97F4A7C15L) >>> 56);
  }

  /** One axis of a buffer: its extent, and how many rows of the logical array a step on it is. */
  private record Axis(long extent, long rows) {}

  /** Fills row by row; a row is the innermost of the logical array, whole in every layout. */
  private static void fill(MemorySegment memory, long stream, long firstRow, List<Axis> axes) {
    long rows = axes.stream().mapToLong(Axis::extent).reduce(1, (one, other) -> one * other);
    long bytes = memory.byteSize() / rows;
    for (long row = 0; row < rows; row++) {
      long logical = firstRow;
      long rest = row;
      for (Axis axis : axes.reversed()) {
        logical += rest % axis.extent * axis.rows;
        rest /= axis.extent;
      }
      for (long i = 0; i < bytes; i++) {
        memory.set(ValueLayout.JAVA_BYTE, row * bytes + i, fill(stream, logical * bytes + i));
      }
    }
  }

  /** Keys and values: the logical array is (2, L, S, H). */
  private static List<Axis> attentionAxes(JsonNode json) {
    JsonNode g = json.get("geometry");
    long layers = g.get("L").asLong();
    long heads = g.get("H").asLong();
    long slots = json.get("size_slots").asLong();
    long tokens = json.get("page_size").asLong();
    long groups = g.path("head_group_num").asLong(1);
    Axis half = new Axis(2, layers * slots * heads);
    Axis layer = new Axis(layers, slots * heads);
    Axis slot = new Axis(slots, heads);
    Axis page = new Axis(slots / tokens, tokens * heads);
    Axis token = new Axis(tokens, heads);
    Axis head = new Axis(heads, 1);
    Axis group = new Axis(groups, heads / groups);
    Axis member = new Axis(heads / groups, 1);
    return switch (json.get("layout").asText()) {
      case "layer_first" -> List.of(half, layer, slot, head);
      case "page_first" -> List.of(half, slot, layer, head);
      case "page_first_direct" -> List.of(half, page, layer, token, head);
      case "page_head" -> List.of(half, page, head, token, layer);
      default -> List.of(page, group, layer, half, token, member);
    };
  }

  /** Latent rows: the logical array is (L, S), but for the split ones, filled as they lie. */
  private static void fillLatent(JsonNode json, MemorySegment memory, long stream) {
    long slots = json.get("size_slots").asLong();
    long tokens = json.get("page_size").asLong();
    Axis layer = new Axis(json.get("geometry").get("L").asLong(), slots);
    Axis slot = new Axis(slots, 1);
    Axis page = new Axis(slots / tokens, tokens);
    Axis token = new Axis(tokens, 1);
    List<Axis> axes =
        switch (json.get("layout").asText()) {
          case "layer_first" -> List.of(layer, slot);
          case "page_first" -> List.of(slot, layer);
          case "page_first_direct", "page_unified" -> List.of(page, layer, token);
          default -> List.of();
        };
    fill(memory, stream, 0, axes);
  }

  /** Rows of pages: the logical array is (L, pages), one buffer a layer in layer_first. */
  private static void fillPaged(JsonNode json, MemorySegment memory, long stream, int index) {
    long pages = json.get("geometry").get("num_host_pages").asLong();
    Axis page = new Axis(pages, 1);
    if (json.get("layout").asText().equals("layer_first")) {
      fill(memory, stream, index * pages, List.of(page));
    } else {
      Axis layer = new Axis(json.get("geometry").get("layers").asLong(), pages);
      fill(memory, stream, 0, List.of(page, layer));
    }
  }
}
