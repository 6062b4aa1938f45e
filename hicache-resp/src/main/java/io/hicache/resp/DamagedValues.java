package io.hicache.resp;

import io.hicache.spi.RateLimitedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Takes away values that were found damaged, so that a later write can store the page anew.
 *
 * <p>Between the read and now a writer may have put a good page there. So the value is looked at
 * once more under WATCH, and removed in a transaction that does nothing if the key was written
 * after that look: a good page is never away, not even for a moment. Thread-safe; several processes
 * may do it to one page.
 */
final class DamagedValues {
  private final RespConfig config;
  private final RateLimitedLog log =
      new RateLimitedLog(System.getLogger("io.hicache.resp"), Duration.ofSeconds(10));

  DamagedValues(RespConfig config) {
    this.config = config;
  }

  /**
   * Takes values away, as long as the turn lasts. A fault is logged, and ends the connection's use.
   */
  void take(List<byte[]> names, Connection connection, Turn turn) {
    for (byte[] name : names) {
      if (!turn.goOn()) {
        return;
      }
      try {
        take(name, connection);
      } catch (IOException e) {
        connection.wire().close();
        log.warn(
            "damaged page %s at %s: not removed: %s"
                .formatted(Names.text(name), config, e.getMessage()),
            e);
        return;
      }
    }
  }

  private void take(byte[] name, Connection connection) throws IOException {
    ask(connection, "WATCH", name);
    expect(connection, '+');
    ask(connection, "GET", name);
    expect(connection, '$');
    if (connection.in().number() < 0 || inOrder(name, connection)) {
      connection.out().command("UNWATCH").flush();
      expect(connection, '+');
      return;
    }
    connection.out().command("MULTI");
    ask(connection, "UNLINK", name);
    connection.out().command("EXEC").flush();
    expect(connection, '+');
    expect(connection, '+');
    expect(connection, '*');
    if (connection.in().number() > 0) {
      expect(connection, ':');
      log.warn(
          "page %s at %s was damaged and has been removed".formatted(Names.text(name), config),
          null);
    }
  }

  private static boolean inOrder(byte[] name, Connection connection) throws IOException {
    RespInput in = connection.in();
    long length = in.number();
    long payload = length - ValueRecord.BYTES;
    if (payload < 1) {
      in.skip(length, null);
      in.endOfString();
      return false;
    }
    connection.checksum().reset();
    in.skip(payload, connection.checksum());
    in.read(connection.record().toRead());
    in.endOfString();
    return switch (connection.record().judge(name, payload)) {
      case NEWER -> true;
      case DAMAGED -> false;
      case VALID -> connection.record().matches((int) connection.checksum().getValue());
    };
  }

  private static void ask(Connection connection, String command, byte[] name) throws IOException {
    connection.out().begin(2);
    connection.out().word(command);
    connection.out().word(name);
    connection.out().flush();
  }

  private static void expect(Connection connection, char type) throws IOException {
    char found = connection.in().begin();
    if (found == '-') {
      throw new IOException("the server answered " + connection.in().text());
    }
    if (found != type) {
      throw new ProtocolBreach("a reply of type " + found + " in place of " + type);
    }
  }
}
