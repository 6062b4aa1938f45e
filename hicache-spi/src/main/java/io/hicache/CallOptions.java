package io.hicache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one call asks for beyond its pages. {@link #DEFAULT} asks for nothing; the {@code with}
 * methods return changed copies. A field that a backend cannot honour is listed by its {@link
 * Capabilities#ignored()}.
 *
 * @param priority whose turn it is when the store's lanes are full; empty: {@link Priority#PEEK}
 *     for presence and length, {@link Priority#GET} for reads, {@link Priority#PUT} for writes and
 *     deletes
 * @param deadline how long the caller wants to wait, from the start of the call; zero or less has
 *     passed already. It bounds waiting, never safety: see {@link Capabilities#deadline()}
 * @param overwrite whether a write replaces what is there; otherwise it is put-if-absent
 * @param ttl how long a written page should live, where the store can forget by itself; positive
 * @param prefix the keys of the chain before the call's first key, in order; present but empty says
 *     that the call's first key is the root of its chain
 * @param extra backend-specific fields, by name
 */
public record CallOptions(
    Optional<Priority> priority,
    Optional<Duration> deadline,
    boolean overwrite,
    Optional<Duration> ttl,
    Optional<List<PageKey>> prefix,
    Map<String, String> extra) {

  /** No deadline, no overwriting, the operation's own priority. */
  public static final CallOptions DEFAULT =
      new CallOptions(
          Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), Map.of());

  /**
   * Checks and copies the fields.
   *
   * @throws IllegalArgumentException if the time to live is not positive
   */
  public CallOptions {
    prefix = prefix.map(List::copyOf);
    extra = Map.copyOf(extra);
    if (ttl.isPresent() && (ttl.get().isNegative() || ttl.get().isZero())) {
      throw new IllegalArgumentException("ttl " + ttl.get() + ": must be positive");
    }
  }

  /**
   * Returns these options with a deadline.
   *
   * @param wait how long the caller wants to wait, from the start of the call
   */
  public CallOptions withDeadline(Duration wait) {
    return new CallOptions(priority, Optional.of(wait), overwrite, ttl, prefix, extra);
  }

  /**
   * Returns these options with a priority.
   *
   * @param chosen whose turn it is
   */
  public CallOptions withPriority(Priority chosen) {
    return new CallOptions(Optional.of(chosen), deadline, overwrite, ttl, prefix, extra);
  }

  /**
   * Returns these options with overwriting on or off.
   *
   * @param replace whether a write replaces what is there
   */
  public CallOptions withOverwrite(boolean replace) {
    return new CallOptions(priority, deadline, replace, ttl, prefix, extra);
  }

  /**
   * Returns these options with a time to live.
   *
   * @param life how long a written page should live; positive
   */
  public CallOptions withTtl(Duration life) {
    return new CallOptions(priority, deadline, overwrite, Optional.of(life), prefix, extra);
  }

  /**
   * Returns these options with the chain before the call's first key.
   *
   * @param before the keys in order; empty if the call's first key is the root
   */
  public CallOptions withPrefix(List<PageKey> before) {
    return new CallOptions(priority, deadline, overwrite, ttl, Optional.of(before), extra);
  }

  /**
   * Returns these options with backend-specific fields in place of those there were.
   *
   * @param fields the fields by name
   */
  public CallOptions withExtra(Map<String, String> fields) {
    return new CallOptions(priority, deadline, overwrite, ttl, prefix, fields);
  }

  /** The fields, as {@link Capabilities#ignored()} names those a backend cannot honour. */
  public enum Field {
    /** {@link CallOptions#priority()}. */
    PRIORITY,
    /** {@link CallOptions#overwrite()}. */
    OVERWRITE,
    /** {@link CallOptions#ttl()}. */
    TTL,
    /** {@link CallOptions#prefix()}. */
    PREFIX,
    /** {@link CallOptions#extra()}. */
    EXTRA
  }
}
