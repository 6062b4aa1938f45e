package io.hicache.spi;

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

  private CommonOptions() {}

  /** Returns all of them. */
  public static List<Option<?>> all() {
    return List.of(NAMESPACE, CLOSE_TIMEOUT);
  }
}
