package io.hicache.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Token ids as bytes: little-endian on every machine. */
final class Words {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** Returns two ids of 32 bits such that, little-endian, the first comes first. */
  static long pair(int first, int second) {
    return Integer.toUnsignedLong(first) | (long) second << Integer.SIZE;
  }
}
