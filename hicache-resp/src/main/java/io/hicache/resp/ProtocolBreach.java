package io.hicache.resp;

import java.io.IOException;
import java.io.Serial;

/** The peer sent what RESP2 does not allow here; nothing that it sends later can be trusted. */
final class ProtocolBreach extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  ProtocolBreach(String what) {
    super("not the reply of a Valkey or Redis server: " + what);
  }
}
