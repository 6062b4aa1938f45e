package io.hicache.resp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Objects;

/** Where a server listens. */
public sealed interface ServerAddress {

  /** Returns the address to connect to; a host's name is looked up now. */
  SocketAddress resolve();

  /** Tells whether {@link #resolve} asks somebody else, who may take long to answer. */
  boolean needsLookup();

  /**
   * A TCP port.
   *
   * @param host name or number
   * @param port 1 to 65,535
   */
  record Tcp(String host, int port) implements ServerAddress {
    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if host or port are out of range
     */
    public Tcp {
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "must be a host and a port of 1 to 65535, but is " + host + ":" + port);
      }
    }

    @Override
    public SocketAddress resolve() {
      return new InetSocketAddress(host, port);
    }

    @Override
    public boolean needsLookup() {
      try {
        InetAddress.ofLiteral(host);
        return false;
      } catch (IllegalArgumentException e) {
        return true;
      }
    }

    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  /**
   * A Unix domain socket.
   *
   * @param path its file
   */
  record Unix(Path path) implements ServerAddress {
    /** Checks that there is a path. */
    public Unix {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public SocketAddress resolve() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public boolean needsLookup() {
      return false;
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }
}
