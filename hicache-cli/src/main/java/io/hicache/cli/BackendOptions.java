package io.hicache.cli;

import io.hicache.HiCacheStorages;
import io.hicache.StorageConfig;
import io.hicache.spi.NamespaceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which backend, and with which options. */
final class BackendOptions {
  /**
   * The identity of pages stored by hand: their bytes mean nothing to us, so that one token a page
   * and a type that no model has stand for it.
   */
  static final StorageConfig BY_HAND = byHand("hicache-cli");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "file",
      description = "The backend's name. Default: ${DEFAULT-VALUE}")
  private String name;

  @Option(
      names = {"-O", "--option"},
      paramLabel = "KEY=VALUE",
      description = "An option of the backend, as in -O dir=/var/cache/hicache; repeatable.")
  private Map<String, String> options = new LinkedHashMap<>();

  /** Returns the identity of pages stored by hand for a model. */
  static StorageConfig byHand(String model) {
    return StorageConfig.of(model, "bytes", 1);
  }

  String name() {
    return name;
  }

  Map<String, String> options() {
    return options;
  }

  /** Returns a configuration with these options. */
  StorageConfig config(StorageConfig identity) {
    return with(identity, options);
  }

  /** Returns a configuration with some options. */
  static StorageConfig with(StorageConfig identity, Map<String, String> options) {
    StorageConfig config = identity;
    for (Map.Entry<String, String> option : options.entrySet()) {
      config = config.withOption(option.getKey(), option.getValue());
    }
    return config;
  }

  /** Lists the namespaces that the store has; whose pages is not asked. */
  List<NamespaceRecord> namespaces() {
    return HiCacheStorages.namespaces(name, config(BY_HAND));
  }
}
