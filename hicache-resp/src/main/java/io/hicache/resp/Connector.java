package io.hicache.resp;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.spi.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;

/** Makes connections: connects, logs in, chooses the database and says who it is. */
final class Connector {
  private final RespConfig config;
  private final Watchdog watchdog;
  private final Distance distance;
  private final Lookup lookup;

  Connector(RespConfig config, Watchdog watchdog, Distance distance) {
    this.config = config;
    this.watchdog = watchdog;
    this.distance = distance;
    this.lookup = new Lookup("hicache-" + config.backend() + "-lookup", config.address()::resolve);
  }

  /**
   * Makes a connection.
   *
   * @throws HiCacheException if the server cannot be reached in time, or refuses
   */
  Connection connect(Deadline deadline) {
    SocketAddress address =
        config.address().needsLookup() ? lookedUp(deadline) : config.address().resolve();
    Connection connection = new Connection(open(address));
    Wire wire = connection.wire();
    Watchdog.Watch watch = watchdog.watch(wire, deadline, config.connectTimeout());
    boolean made = false;
    try {
      wire.connect(address);
      greet(connection);
      made = watch.end();
      if (!made) {
        throw new IOException("cut");
      }
      return connection;
    } catch (IOException e) {
      throw RespFaults.of("connection", config, wire, e);
    } finally {
      watch.end();
      if (!made) {
        wire.close();
      }
    }
  }

  private SocketAddress lookedUp(Deadline deadline) {
    long wait = Math.min(deadline.remainingNanos(), config.connectTimeout().toNanos());
    try {
      SocketAddress address = lookup.within(wait);
      if (address != null) {
        return address;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new HiCacheException(
        FaultKind.TIMEOUT, "connection to " + config + ": the host's name was not found in time");
  }

  private SocketChannel open(SocketAddress address) {
    try {
      if (address instanceof UnixDomainSocketAddress) {
        return SocketChannel.open(StandardProtocolFamily.UNIX);
      }
      if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
        throw new UnknownHostException("no such host");
      }
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      return channel;
    } catch (IOException e) {
      throw new HiCacheException(
          FaultKind.UNAVAILABLE, "connection to " + config + ": " + e.getMessage(), e);
    }
  }

  private void greet(Connection connection) throws IOException {
    if (config.password().isPresent()) {
      String password = config.password().get();
      expectOk(
          connection,
          "login",
          config.username().isPresent()
              ? new String[] {"AUTH", config.username().get(), password}
              : new String[] {"AUTH", password});
    }
    if (config.database() != 0) {
      expectOk(connection, "choice of the database", "SELECT", "" + config.database());
    }
    // A user may lack this one's permission, and it changes nothing: only its reply must come.
    long asked = System.nanoTime();
    connection.out().command("CLIENT", "SETNAME", "hicache").flush();
    if ("+-".indexOf(connection.in().begin()) < 0) {
      throw new ProtocolBreach("the reply to CLIENT SETNAME");
    }
    distance.saw(System.nanoTime() - asked);
    if (connection.in().text().startsWith("NOAUTH")) {
      throw RespFaults.ofReply("connection", config, connection.in().text());
    }
  }

  private void expectOk(Connection connection, String what, String... command) throws IOException {
    connection.out().command(command).flush();
    switch (connection.in().begin()) {
      case '+' -> {}
      case '-' -> throw RespFaults.ofReply(what, config, connection.in().text());
      default -> throw new ProtocolBreach("the reply to a " + what);
    }
  }
}
