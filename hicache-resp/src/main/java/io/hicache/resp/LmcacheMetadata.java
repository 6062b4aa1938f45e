package io.hicache.resp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What LMCache's connectors store beside a page's bytes: 32-bit numbers, little endian, as its
 * {@code RemoteMetadata} writes them on x86-64 and arm64 (0.3.6 to 0.5.6; groups beyond the first
 * since 0.3.12, shapes of less than four numbers since 0.4.4).
 *
 * <table>
 *   <caption>Fields</caption>
 *   <tr><th>offset</th><th>what</th></tr>
 *   <tr><td>0</td><td>bytes of the page</td></tr>
 *   <tr><td>4</td><td>{@link MemoryFormat}</td></tr>
 *   <tr><td>8 + 20 · group</td><td>{@link ElementType}</td></tr>
 *   <tr><td>12 + 20 · group</td><td>four numbers of the shape, those missing 0 at the end</td></tr>
 * </table>
 *
 * @param format the order of the page's bytes
 * @param groups the tensors that the page is made of; at least one
 */
public record LmcacheMetadata(MemoryFormat format, List<Group> groups) {
  private static final int DIMENSIONS = 4;
  private static final int HEAD = 8;
  private static final int PER_GROUP = 4 + 4 * DIMENSIONS;
  private static final int MAX_GROUPS = 64;

  /** Bytes of metadata with one group. */
  static final int LEAST_BYTES = HEAD + PER_GROUP;

  /** What LMCache writes as a number. */
  interface Numbered {
    /** Returns the number. */
    int number();
  }

  /** The order of a page's bytes: LMCache's {@code MemoryFormat}, by its numbers. */
  public enum MemoryFormat implements Numbered {
    /** 0. */
    UNDEFINED(0),
    /** 1: [2, layers, tokens, hidden]. */
    KV_2LTD(1),
    /** 2: [tokens, 2, hidden]. */
    KV_T2D(2),
    /** 3: [2, tokens, hidden]. */
    KV_2TD(3),
    /** 4. */
    BINARY(4),
    /** 5. */
    BINARY_BUFFER(5),
    /** 6: [1, layers, tokens, head]. */
    KV_MLA_FMT(6),
    /** 7, since 0.4.7. */
    EC_TD(7),
    /** 8, since 0.5.2. */
    HS_TD(8);

    private final int number;

    MemoryFormat(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }
  }

  /** A tensor's element type, by its number; 1 is another number for {@link #FLOAT16}. */
  public enum ElementType implements Numbered {
    /** 0. */
    NONE(0),
    /** 1, which is read and never written. */
    HALF(1),
    /** 2. */
    FLOAT16(2),
    /** 3. */
    BFLOAT16(3),
    /** 4. */
    FLOAT32(4),
    /** 5. */
    FLOAT64(5),
    /** 6. */
    UINT8(6),
    /** 7. */
    FLOAT8_E4M3FN(7),
    /** 8. */
    FLOAT8_E5M2(8);

    private final int number;

    ElementType(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }

    /**
     * Finds a type by its name in PyTorch, with {@code torch.} before it or without.
     *
     * @param name the name
     * @throws IllegalArgumentException if it has no number
     */
    public static ElementType of(String name) {
      String bare = name.startsWith("torch.") ? name.substring("torch.".length()) : name;
      return Arrays.stream(values())
          .filter(type -> type != HALF && type.name().toLowerCase(Locale.ROOT).equals(bare))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "must be none, float16, bfloat16, float32, float64, uint8, float8_e4m3fn or float8_e5m2"));
    }
  }

  /**
   * One tensor of a page.
   *
   * @param type its element type
   * @param shape its shape, one to four numbers
   */
  public record Group(ElementType type, List<Integer> shape) {
    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if it has no number or more than four, or one is negative
     */
    public Group {
      shape = List.copyOf(shape);
      if (shape.isEmpty()
          || shape.size() > DIMENSIONS
          || shape.stream().anyMatch(size -> size < 0)) {
        throw new IllegalArgumentException("must be one to four numbers, none below 0");
      }
    }
  }

  /**
   * Copies the groups.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LmcacheMetadata {
    Objects.requireNonNull(format, "format");
    groups = List.copyOf(groups);
    if (groups.isEmpty() || groups.size() > MAX_GROUPS) {
      throw new IllegalArgumentException("must be 1 to " + MAX_GROUPS + " groups");
    }
  }

  /** Returns how many bytes it is written in. */
  int bytes() {
    return HEAD + PER_GROUP * groups.size();
  }

  /** Writes it for a page of some length. */
  byte[] encoded(int length) {
    ByteBuffer to = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(length).putInt(format.number());
    for (Group group : groups) {
      to.putInt(group.type().number());
      for (int i = 0; i < DIMENSIONS; i++) {
        to.putInt(i < group.shape().size() ? group.shape().get(i) : 0);
      }
    }
    return to.array();
  }

  /** Tells whether bytes have the form of metadata, whatever they say. */
  static boolean isForm(long bytes) {
    return bytes >= LEAST_BYTES
        && bytes <= HEAD + PER_GROUP * MAX_GROUPS
        && (bytes - HEAD) % PER_GROUP == 0;
  }

  /** Reads the length of the page. */
  static int length(byte[] encoded) {
    return ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  /**
   * Reads all but the length.
   *
   * @throws IllegalArgumentException if it is not of the form above
   */
  static LmcacheMetadata decoded(byte[] encoded) {
    if (!isForm(encoded.length)) {
      throw new IllegalArgumentException("must be 8 bytes and 20 for each group");
    }
    ByteBuffer from = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).position(4);
    MemoryFormat format = constant(MemoryFormat.values(), from.getInt());
    List<Group> groups = new ArrayList<>();
    while (from.hasRemaining()) {
      ElementType type = constant(ElementType.values(), from.getInt());
      groups.add(
          new Group(
              type == ElementType.HALF ? ElementType.FLOAT16 : type,
              List.of(from.getInt(), from.getInt(), from.getInt(), from.getInt())));
    }
    return new LmcacheMetadata(format, groups);
  }

  private static <E extends Numbered> E constant(E[] constants, int number) {
    return Arrays.stream(constants)
        .filter(constant -> constant.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must have no number as " + number));
  }
}
