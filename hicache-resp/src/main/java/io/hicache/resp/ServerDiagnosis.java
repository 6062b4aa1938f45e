package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.Priority;
import io.hicache.spi.Deadline;
import io.hicache.spi.Diagnosis;
import java.time.Duration;
import java.util.ArrayList;
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
   * @param backend the backend's name
   * @param config reads the options; what it throws is a finding
   */
  public static Diagnosis of(String backend, Supplier<RespConfig> config) {
    RespConfig server;
    try {
      server = config.get();
    } catch (IllegalArgumentException e) {
      return new Diagnosis(
          false,
          "not looked for",
          List.of(String.valueOf(e.getMessage())),
          List.of("correct that option"));
    }
    try {
      return describe(server, info(server));
    } catch (HiCacheException e) {
      return new Diagnosis(
          false,
          e.kind() == FaultKind.REFUSED ? "refuses" : "no server found",
          List.of(e.getMessage()),
          remedies(backend, e.kind()));
    }
  }

  private static List<String> remedies(String backend, FaultKind kind) {
    return kind == FaultKind.REFUSED
        ? List.of("see what it answered, or name another server by option url")
        : List.of(
            "start a server there; most systems have a package of it, as Debian's %s-server"
                .formatted(backend),
            "or name another by option url, as %s://user:password@host:6379/0".formatted(backend));
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
    String version = version(info);
    List<String> findings = new ArrayList<>();
    findings.add(server + ": answers, " + version);
    findings.add(memory(info));
    List<String> obstacles = obstacles(info);
    return new Diagnosis(obstacles.isEmpty(), version, findings, obstacles);
  }

  private static String version(Map<String, String> info) {
    String valkey = info.get("valkey_version");
    return valkey == null
        ? "Redis " + info.getOrDefault("redis_version", "of a version it does not tell")
        : "Valkey " + valkey;
  }

  private static String memory(Map<String, String> info) {
    String limit = info.get("maxmemory");
    String policy = info.getOrDefault("maxmemory_policy", "unknown");
    if (limit == null) {
      return "its memory limit is not told to this user: its ACL lacks INFO";
    }
    if (limit.equals("0")) {
      return "maxmemory is not set: the server grows until its machine is out of memory";
    }
    return "maxmemory %s bytes, policy %s%s"
        .formatted(
            limit,
            policy,
            policy.startsWith("allkeys") ? "" : ": once full it refuses pages without a ttl");
  }

  /** Returns what keeps a server that answers from taking pages, and what to do about it. */
  private static List<String> obstacles(Map<String, String> info) {
    List<String> obstacles = new ArrayList<>();
    if (info.getOrDefault("role", "master").equals("slave")) {
      obstacles.add("it is a replica: name its primary, " + info.get("master_host"));
    }
    if (info.getOrDefault("cluster_enabled", "0").equals("1")) {
      obstacles.add("it is part of a cluster, which is not offered yet: name a server by itself");
    }
    if (info.getOrDefault("loading", "0").equals("1")) {
      obstacles.add("it is loading its data: wait, and look again");
    }
    return obstacles;
  }
}
