package io.hicache.spi;

import io.hicache.PageLayout;
import io.hicache.StorageConfig;
import java.time.Duration;
import java.util.List;

/** Options that mean the same in every backend; each lists those it takes among its own. */
public final class CommonOptions {
  /** Pins the namespace's id. */
  public static final Option<String> NAMESPACE =
      Option.text("namespace")
          .withPurpose("pins the namespace's id; every field of its record is then compared");

  /** How long closing waits for calls in flight. */
  public static final Option<Duration> CLOSE_TIMEOUT =
      Option.duration("close-timeout", Duration.ofMillis(1), Duration.ofDays(1))
          .withDefault("60s")
          .withPurpose("how long close waits for calls in flight before it gives up and says so");

  /** In which order a stored page's bytes stand. */
  public static final Option<PageLayout> STORED_LAYOUT =
      Option.of(
              "stored-layout",
              "layer-first | page-first | page-first-direct | page-head",
              PageLayout::of)
          .withPurpose("layout of stored pages, default the configuration's; a pool's may differ");

  private CommonOptions() {}

  /**
   * Returns the layout in which a configuration's pages are stored.
   *
   * @param backend the backend's name
   * @param config the configuration
   * @throws IllegalArgumentException if the option {@code stored-layout} names none
   */
  public static PageLayout storedLayout(String backend, StorageConfig config) {
    return Options.peek(backend, config, STORED_LAYOUT).orElse(config.model().layout());
  }

  /** Returns all of them. */
  public static List<Option<?>> all() {
    return List.of(NAMESPACE, CLOSE_TIMEOUT, STORED_LAYOUT);
  }
}
