package io.hicache.resp;

import io.hicache.Priority;
import io.hicache.StoreReport;
import io.hicache.spi.Deadline;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a server and a namespace on it hold. */
final class Inspection {
  /** What of INFO is passed on, and under which name. */
  private static final Map<String, String> PASSED_ON =
      Map.of(
          "used_memory", "server-used-bytes",
          "maxmemory", "server-budget-bytes",
          "maxmemory_policy", "server-eviction-policy",
          "keyspace_hits", "server-hits",
          "keyspace_misses", "server-misses",
          "evicted_keys", "server-evicted-keys",
          "connected_clients", "server-connected-clients",
          "redis_version", "server-redis-version",
          "valkey_version", "server-valkey-version");

  private Inspection() {}

  /**
   * Counts, by going over all keys of the server; a key that is moved about meanwhile may be
   * counted twice or not at all, as SCAN has it.
   */
  static StoreReport of(
      RespConfig config, String namespace, PageNames naming, Calls calls, Lane lane) {
    AtomicLong pages = new AtomicLong();
    Map<String, String> details = new TreeMap<>();
    calls.single(
        "inspection of",
        lane,
        Priority.GET,
        Deadline.NONE,
        (connection, turn) -> {
          Keyspace keyspace = calls.keyspace(connection);
          pages.set(0);
          keyspace.scan(naming.pattern(), keys -> pages.addAndGet(count(keys, naming)));
          Map<String, String> info = keyspace.info();
          PASSED_ON.forEach((theirs, ours) -> {
            String value = info.get(theirs);
            if (value != null) {
              details.put(ours, value);
            }
          });
        });
    details.put("server", config.address().toString());
    details.put("pages-are", "estimated by SCAN");
    return new StoreReport(
        config.backend(),
        namespace,
        OptionalLong.of(pages.get()),
        OptionalLong.empty(),
        budget(details),
        details);
  }

  private static long count(List<byte[]> keys, PageNames naming) {
    return keys.stream()
        .map(Names::text)
        .filter(key -> naming.holds(key) && naming.counts(key))
        .count();
  }

  private static OptionalLong budget(Map<String, String> details) {
    String bytes = details.getOrDefault("server-budget-bytes", "0");
    return bytes.equals("0") || !bytes.chars().allMatch(Character::isDigit)
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(bytes));
  }
}
