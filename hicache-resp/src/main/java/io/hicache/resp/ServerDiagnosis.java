package io.hicache.resp;

import io.hicache.HiCacheException;
import io.hicache.Priority;
import io.hicache.spi.Deadline;
import io.hicache.spi.Diagnosis;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Looks whether a server answers, which it is, and whether it would keep pages. */
public final class ServerDiagnosis {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private ServerDiagnosis() {}

  /**
   * Looks.
   *
   * @param config reads the options; what it throws is a finding
   */
  public static Diagnosis of(Supplier<RespConfig> config) {
    RespConfig server;
    try {
      server = config.get();
    } catch (IllegalArgumentException e) {
      return missing(String.valueOf(e.getMessage()), "correct that option");
    }
    try {
      return describe(server, info(server));
    } catch (HiCacheException e) {
      return missing(e.getMessage(), "start a server there, or set option url");
    }
  }

  private static Map<String, String> info(RespConfig server) {
    Map<String, String> info = new HashMap<>();
    Lane lane = new Lane(1);
    try (Calls calls = new Calls(server);
        lane) {
      calls.single(
          "look at the server",
          lane,
          Priority.PEEK,
          Deadline.in(PATIENCE),
          (connection, turn) -> info.putAll(calls.keyspace(connection).info()));
    }
    return info;
  }

  private static Diagnosis describe(RespConfig server, Map<String, String> info) {
    String valkey = info.get("valkey_version");
    String version =
        valkey == null
            ? "Redis " + info.getOrDefault("redis_version", "of a version it does not tell")
            : "Valkey " + valkey;
    String limit = info.getOrDefault("maxmemory", "0");
    String policy = info.getOrDefault("maxmemory_policy", "unknown");
    return new Diagnosis(
        true,
        version,
        List.of(
            server + ": answers, " + version,
            limit.equals("0")
                ? "maxmemory is not set: the server grows until its machine is out of memory"
                : "maxmemory " + limit + " bytes, policy " + policy),
        List.of());
  }

  private static Diagnosis missing(String finding, String remedy) {
    return new Diagnosis(false, "", List.of(finding), List.of(remedy));
  }
}
