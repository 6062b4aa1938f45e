package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.Set;

/** The one place where a socket's faults and a server's error replies become the contract's. */
final class RespFaults {
  /** Errors that pass: the server is starting, failing over, or busy. */
  private static final Set<String> PASSING =
      Set.of("LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "UNBLOCKED");

  /** Errors that stay until somebody changes something, and what. */
  private static final Map<String, String> REFUSALS =
      Map.of(
          "OOM", "raise the server's maxmemory, or give it an evicting maxmemory-policy",
          "READONLY", "this is a replica: name the primary",
          "MISCONF", "the server cannot save its snapshot: free its disk, or turn saving off",
          "NOAUTH", "set option password",
          "WRONGPASS", "correct options username and password",
          "NOPERM", "let the user's ACL have this command and these keys",
          "WRONGTYPE", "the key is no string: another application uses it",
          "DENIED", "the server refuses clients from outside its host: see its protected-mode",
          "MOVED", "this server is part of a cluster",
          "NOREPLICAS", "too few replicas: see the server's min-replicas-to-write");

  private RespFaults() {}

  /** Returns the fault of an error reply. */
  static HiCacheException ofReply(String what, RespConfig config, String reply) {
    String message = what + " at " + config + ": the server answered " + reply;
    String code = reply.split(" ", 2)[0];
    if (PASSING.contains(code) || reply.contains("max number of clients")) {
      return new HiCacheException(FaultKind.UNAVAILABLE, message);
    }
    String remedy = REFUSALS.get(code);
    return remedy == null
        ? new HiCacheException(FaultKind.INTERNAL, message)
        : new HiCacheException(FaultKind.REFUSED, message + "; " + remedy);
  }

  /** Returns the fault of a connection that broke or was cut. */
  static HiCacheException of(String what, RespConfig config, Wire wire, IOException e) {
    HiCacheException cut = wire.cause();
    String where = what + " at " + config + ": ";
    if (cut != null) {
      return new HiCacheException(cut.kind(), where + cut.getMessage(), e);
    }
    return switch (e) {
      case ConnectException refused ->
          new HiCacheException(
              FaultKind.UNAVAILABLE,
              where + refused.getMessage() + "; is a server running there?",
              e);
      default -> new HiCacheException(FaultKind.UNAVAILABLE, where + reason(e), e);
    };
  }

  private static String reason(IOException e) {
    String reason = e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
