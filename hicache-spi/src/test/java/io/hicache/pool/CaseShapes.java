package io.hicache.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.hicache.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** From the geometry that a case records to the shape that describes it. */
final class CaseShapes {
  private CaseShapes() {}

  static PoolShape of(JsonNode json) {
    JsonNode g = json.get("geometry");
    String layout = json.get("layout").asText();
    int element = json.get("itemsize").asInt();
    PoolSlots slots = slots(json, g);
    if (layout.equals("page_unified")) {
      return unified(json, g, slots, element);
    }
    if (layout.equals("page_first_kv_split")) {
      return split(json, slots);
    }
    PageLayout order = PageLayout.of(layout);
    return switch (json.get("class").asText()) {
      case "MHATokenToKVPoolHost" ->
          new MhaShape(order, slots, number(g, "L"), number(g, "H"), number(g, "D"), element);
      case "MHATokenToKOnlyPoolHost" ->
          new KeyOnlyShape(order, slots, number(g, "L"), number(g, "H"), number(g, "D"), element);
      case "MLATokenToKVPoolHost" ->
          new MlaShape(
              order, slots, number(g, "L"), number(g, "C"), element, g.path("dcp_size").asInt(1));
      case "MambaPoolHost" -> mamba(g, order, slots);
      case "DeepSeekV4PagedHostPool" ->
          new PagedRowsShape(order, slots, number(g, "layers"), number(g, "item_bytes"));
      case "DSAIndexerPoolHost" ->
          new IndexerShape(order, slots, number(g, "layers"), number(g, "page_stride_bytes"));
      case "LogicalHostPool" -> new LogicalShape(slots);
      default -> asymmetric(json, g, order, slots, element);
    };
  }

  private static PoolSlots slots(JsonNode json, JsonNode g) {
    int pageTokens = json.get("page_size").asInt();
    if (g.has("host_to_device_ratio")) {
      return PoolSlots.ofRatio(
          g.get("device_capacity_tokens").asLong(),
          g.get("host_to_device_ratio").asDouble(),
          pageTokens);
    }
    return g.has("dcp_size")
        ? new PoolSlots(g.get("logical_size").asLong(), number(g, "logical_page_size"))
        : new PoolSlots(json.get("size_slots").asLong(), pageTokens);
  }

  private static PoolShape asymmetric(
      JsonNode json, JsonNode g, PageLayout order, PoolSlots slots, int element) {
    if (!json.get("class").asText().startsWith("Asymmetric")) {
      throw new AssertionError("no shape for " + json.get("class"));
    }
    return new AsymmetricShape(
        order, slots, number(g, "L"), number(g, "H"), number(g, "D"), number(g, "Dv"), element);
  }

  private static PoolShape unified(JsonNode json, JsonNode g, PoolSlots slots, int element) {
    return json.get("kind").asText().equals("mha")
        ? new UnifiedShape(
            slots,
            2,
            number(g, "L"),
            number(g, "H"),
            number(g, "head_group_num"),
            (long) number(g, "D") * element)
        : new UnifiedShape(slots, 1, number(g, "L"), 1, 1, (long) number(g, "C") * element);
  }

  private static PoolShape split(JsonNode json, PoolSlots slots) {
    boolean packed = json.get("geometry").has("fp8");
    List<SplitLatentShape.Array> arrays = new ArrayList<>();
    for (JsonNode buffer : json.get("buffers")) {
      JsonNode shape = buffer.get("shape");
      String name = buffer.get("name").asText();
      long row = shape.get(4).asLong() * elementBytes(buffer.get("dtype").asText());
      boolean listed = !(packed && name.equals("v_buffer"));
      arrays.add(new SplitLatentShape.Array(name, shape.get(1).asInt(), row, listed));
    }
    return new SplitLatentShape(slots, arrays);
  }

  private static PoolShape mamba(JsonNode g, PageLayout order, PoolSlots slots) {
    long conv = elementBytes(g.get("conv_dtype").asText());
    return new MambaShape(
        order,
        slots,
        number(g, "layers"),
        product(g.get("temporal_state_shape")) * elementBytes(g.get("temporal_dtype").asText()),
        stream(g.get("conv_state_shapes")).map(shape -> product(shape) * conv).toList(),
        stream(g.get("slot_side_states"))
            .map(side -> product(side.get(0)) * elementBytes(side.get(1).asText()))
            .toList());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static long product(JsonNode shape) {
    return stream(shape).mapToLong(JsonNode::asLong).reduce(1, (one, other) -> one * other);
  }

  private static long elementBytes(String dtype) {
    return switch (dtype) {
      case "float32", "int32" -> 4;
      case "bfloat16", "float16" -> 2;
      case "uint8", "float8_e4m3fn" -> 1;
      default -> throw new AssertionError("no element size for " + dtype);
    };
  }

  private static int number(JsonNode geometry, String field) {
    return geometry.get(field).asInt();
  }
}
