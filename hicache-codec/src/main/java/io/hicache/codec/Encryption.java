package io.hicache.codec;

import org.jspecify.annotations.Nullable;

/** How the bytes of a stored page are encrypted. */
public enum Encryption {
  /** They are not. */
  OFF(0),
  /**
   * By AES-256-GCM under a key derived for each page from 96 of its nonce's 192 random bits (C2SP,
   * XAES-256-GCM), so that any number of processes may share a key for as many pages as they ever
   * write: with plain AES-GCM's 96 random bits a key would have to be changed after 2³² pages (NIST
   * SP 800-38D, 8.3). A page's key, length and pool stay in clear; where it is compressed too, its
   * stored length tells how far that went.
   */
  AES_GCM(1);

  private final byte id;

  Encryption(int id) {
    this.id = (byte) id;
  }

  /** Its number in a header. */
  byte id() {
    return id;
  }

  /** Returns the one of a number; null if this release knows none. */
  static @Nullable Encryption of(byte id) {
    for (Encryption each : values()) {
      if (each.id == id) {
        return each;
      }
    }
    return null;
  }
}
