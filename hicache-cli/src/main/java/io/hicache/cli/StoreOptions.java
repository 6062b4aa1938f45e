package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.HiCacheStorages;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.Quoted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store a command works on, and whose pages in it. */
final class StoreOptions {
  @Mixin private BackendOptions backend;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "The model whose pages are meant; together with the element type 'bytes' and one token a"
              + " page it makes the namespace. Default: hicache-cli")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--namespace",
      paramLabel = "ID",
      description =
          "Opens a namespace that the store has, by its record, without repeating its"
              + " configuration; ./hicache namespaces lists them.")
  private Optional<String> namespace = Optional.empty();

  /** Returns the backend's name. */
  String backend() {
    return backend.name();
  }

  /** Opens the store. */
  HiCacheStorage open() {
    if (namespace.isPresent() && model.isPresent()) {
      throw new IllegalArgumentException(
          "--model and --namespace: must not be given together; the namespace's record names its model");
    }
    StorageConfig config =
        backend.config(model.map(BackendOptions::byHand).orElse(BackendOptions.BY_HAND));
    return namespace.isPresent()
        ? HiCacheStorages.open(backend(), config, record(namespace.get()))
        : HiCacheStorages.open(backend(), config);
  }

  private NamespaceRecord record(String id) {
    Map<String, NamespaceRecord> records =
        backend.namespaces().stream()
            .collect(
                Collectors.toMap(
                    NamespaceRecord::id, each -> each, (one, other) -> one, LinkedHashMap::new));
    NamespaceRecord found = records.get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "--namespace %s: must be one that the store has: %s"
              .formatted(
                  Quoted.of(id),
                  records.isEmpty() ? "it has none" : String.join(", ", records.keySet())));
    }
    return found;
  }
}
