package io.hicache.resp;

import io.hicache.HiCacheStorage;
import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import io.hicache.spi.CommonOptions;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.Options;
import io.hicache.spi.Quoted;
import java.util.List;
import java.util.Optional;

/** What a provider whose pages are in a server does. Thread-safe. */
public final class ServerBackend {
  private final String name;
  private final ServerOptions options;

  /**
   * Makes a backend.
   *
   * @param name its name
   * @param options its options
   */
  public ServerBackend(String name, ServerOptions options) {
    this.name = name;
    this.options = options;
  }

  /** Looks at the server. */
  public Diagnosis diagnose(StorageConfig config) {
    return ServerDiagnosis.of(name, () -> options.read(config));
  }

  /** Lists the namespaces; there are none in a form that is another program's. */
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    RespConfig server = options.read(config);
    return server.form() instanceof StoredForm.Own ? RespStorage.namespaces(server) : List.of();
  }

  /** Opens the store of a configuration. */
  public HiCacheStorage open(StorageConfig config) {
    RespConfig server = options.read(config);
    Optional<String> pinned = options.namespace(config);
    if (server.form() instanceof StoredForm.Own) {
      StorageConfig stored = layout(config).map(config::withLayout).orElse(config);
      return RespStorage.open(server, NamespaceRecord.of(stored, pinned), true, config.ranks());
    }
    pinned.ifPresent(id -> {
      throw new IllegalArgumentException(
          "option namespace of backend %s is %s: must not be set with another naming than own, which has no namespaces"
              .formatted(name, Quoted.of(id)));
    });
    return RespStorage.open(server, config);
  }

  /** Opens the store of a recorded identity. */
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    RespConfig server = options.read(config);
    StorageConfig recorded = record.in(config);
    layout(config)
        .filter(layout -> layout != recorded.model().layout())
        .ifPresent(layout -> {
          throw new IllegalArgumentException(
              "option stored-layout of backend %s is %s: must be left out or %s, as namespace %s records"
                  .formatted(name, layout.label(), recorded.model().layout().label(), record.id()));
        });
    return server.form() instanceof StoredForm.Own
        ? RespStorage.open(server, record, false, config.ranks())
        : RespStorage.open(server, recorded);
  }

  private Optional<PageLayout> layout(StorageConfig config) {
    return Options.peek(name, config, CommonOptions.STORED_LAYOUT);
  }
}
