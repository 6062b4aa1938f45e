package io.hicache;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a store says of itself, for a person or a dashboard; not a fast path.
 *
 * @param backend the backend's name
 * @param namespace the id of the namespace that was looked at
 * @param pages how many pages this namespace holds, where the store can count them
 * @param bytes how many bytes those pages take in the store, its own overhead included, where it
 *     can tell
 * @param budgetBytes the most bytes the store will use before it evicts, where there is a bound
 * @param details the store's own counters by name, units in the name; holds no secret
 */
public record StoreReport(
    String backend,
    String namespace,
    OptionalLong pages,
    OptionalLong bytes,
    OptionalLong budgetBytes,
    Map<String, String> details) {

  /** Copies the details. */
  public StoreReport {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(namespace, "namespace");
    details = Map.copyOf(details);
  }
}
