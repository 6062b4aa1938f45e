package io.hicache.resp;

import io.hicache.CallOptions;
import io.hicache.Capabilities;
import io.hicache.DeadlineMode;
import io.hicache.Feature;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which server, and how to work with it.
 *
 * @param backend the backend's name, for messages and reports
 * @param address where the server listens
 * @param username who logs in; empty: the server's default user
 * @param password with what; empty: without logging in
 * @param database number of the database
 * @param window most bytes of pages under way on all connections together, one page excepted, and
 *     as often that as a far server makes a batch use connections
 * @param maxConnections most connections; at least 2, of which one in four is for presence
 * @param chunk most requests sent ahead of their replies on one connection
 * @param checksums whether content's checksum is recorded by writes and compared by reads
 * @param ttl how long written pages live where a call does not say; empty: for ever
 * @param connectTimeout how long a connection may take to be made
 * @param timeout how long the server may move no byte while it is asked for some
 * @param form how pages lie in the server
 * @param closeTimeout how long closing waits for calls in flight
 */
public record RespConfig(
    String backend,
    ServerAddress address,
    Optional<String> username,
    Optional<String> password,
    int database,
    long window,
    int maxConnections,
    int chunk,
    boolean checksums,
    Optional<Duration> ttl,
    Duration connectTimeout,
    Duration timeout,
    StoredForm form,
    Duration closeTimeout) {

  /** Returns what a storage that works like this can do. */
  Capabilities capabilities() {
    Set<Feature> features = EnumSet.of(Feature.TELLS_LENGTH, Feature.DELETES, Feature.CLEARS);
    if (checksums) {
      features.add(Feature.CHECKSUMS);
    }
    boolean tagged =
        form instanceof StoredForm.Own own && own.hashTag() == StoredForm.HashTag.PREFIX;
    Set<CallOptions.Field> ignored =
        tagged
            ? EnumSet.noneOf(CallOptions.Field.class)
            : EnumSet.of(CallOptions.Field.PREFIX, CallOptions.Field.EXTRA);
    return new Capabilities(
        DeadlineMode.SOCKET_CLOSE, features, ignored, Optional.of(closeTimeout));
  }

  /** Returns backend and server; user and password are not shown. */
  @Override
  public String toString() {
    return backend + " " + address + "/" + database;
  }
}
