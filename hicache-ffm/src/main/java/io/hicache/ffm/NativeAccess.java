package io.hicache.ffm;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;

/** Whether this module may call native code, and what to tell a user who has not allowed it. */
public final class NativeAccess {
  private static final Module MODULE = NativeAccess.class.getModule();

  private NativeAccess() {}

  /** Tells whether native access is granted to this module. */
  public static boolean granted() {
    return MODULE.isNativeAccessEnabled();
  }

  /** Returns the flag that grants it: the module's name, or all unnamed code on the class path. */
  public static String flag() {
    return "--enable-native-access=" + (MODULE.isNamed() ? MODULE.getName() : "ALL-UNNAMED");
  }

  /**
   * Returns if native access is granted.
   *
   * @param purpose what it is needed for, for the message
   * @throws HiCacheException {@link FaultKind#REFUSED} naming the flag to add
   */
  public static void require(String purpose) {
    if (!granted()) {
      throw new HiCacheException(
          FaultKind.REFUSED, purpose + " needs native access: start java with " + flag());
    }
  }
}
