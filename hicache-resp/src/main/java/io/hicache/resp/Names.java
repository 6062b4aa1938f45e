package io.hicache.resp;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Keys as they go over the wire. */
final class Names {
  private Names() {}

  /** Encodes as many names. */
  static byte[][] encoded(int size, IntFunction<String> names) {
    byte[][] encoded = new byte[size][];
    for (int i = 0; i < size; i++) {
      encoded[i] = names.apply(i).getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  /** Returns a key for a message. */
  static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  /** Returns the positions of a batch. */
  static int[] positions(int size) {
    int[] positions = new int[size];
    for (int i = 0; i < size; i++) {
      positions[i] = i;
    }
    return positions;
  }
}
