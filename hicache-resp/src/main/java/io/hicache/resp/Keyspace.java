package io.hicache.resp;

import io.hicache.HiCacheException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands that go over many keys or look at the server, on one connection: SCAN, never KEYS;
 * UNLINK, never FLUSH.
 */
final class Keyspace {
  private static final int MAX_KEY = 64 << 10;
  private static final int MAX_TEXT = 16 << 20;
  private static final int MAX_FOUND = 1 << 20;
  private static final String SCAN_COUNT = "1000";

  private final Connection connection;
  private final RespConfig config;

  Keyspace(Connection connection, RespConfig config) {
    this.connection = connection;
    this.config = config;
    connection.in().readAhead(RespInput.CAPACITY);
  }

  /** Takes the keys that one step of a scan found. */
  interface Visitor {
    void visit(List<byte[]> keys) throws IOException;
  }

  /** Goes over all keys that match a pattern; one may come twice. */
  void scan(String pattern, Visitor visitor) throws IOException {
    String cursor = "0";
    do {
      connection.out().command("SCAN", cursor, "MATCH", pattern, "COUNT", SCAN_COUNT).flush();
      expect("SCAN", '*');
      expect("SCAN", '$');
      cursor = new String(connection.in().string(MAX_KEY), StandardCharsets.ISO_8859_1);
      expect("SCAN", '*');
      long count = connection.in().number();
      if (count < 0 || count > MAX_FOUND) {
        throw new ProtocolBreach("a scan of " + count + " keys");
      }
      List<byte[]> keys = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        expect("SCAN", '$');
        keys.add(connection.in().string(MAX_KEY));
      }
      visitor.visit(keys);
    } while (!cursor.equals("0"));
  }

  /** Asks whether the server is there and lets us in. */
  void ping() throws IOException {
    connection.out().command("PING").flush();
    expect("PING", '+');
  }

  /** Removes keys. */
  void unlink(List<byte[]> keys) throws IOException {
    if (keys.isEmpty()) {
      return;
    }
    RespOutput out = connection.out();
    out.begin(1 + keys.size());
    out.word("UNLINK");
    for (byte[] key : keys) {
      out.word(key);
    }
    out.flush();
    expect("UNLINK", ':');
  }

  /** Stores a text unless there is one, and returns what is there then. */
  String putIfAbsent(String key, String text) throws IOException {
    RespOutput out = connection.out();
    out.begin(4);
    out.word("SET");
    out.word(key);
    out.word(text.getBytes(StandardCharsets.UTF_8));
    out.word("NX");
    out.flush();
    char type = connection.in().begin();
    if (type == '-') {
      throw refused("SET of " + key);
    }
    return type == '+' ? text : text(key);
  }

  /** Returns a text; empty if it is not there. */
  String text(String key) throws IOException {
    connection.out().command("GET", key).flush();
    expect("GET of " + key, '$');
    return connection.in().number() < 0
        ? ""
        : new String(connection.in().string(MAX_TEXT), StandardCharsets.UTF_8);
  }

  /** Returns what the server says of itself, by name; empty if it does not tell this user. */
  Map<String, String> info() throws IOException {
    Map<String, String> found = new HashMap<>();
    connection.out().command("INFO").flush();
    if (connection.in().begin() == '$') {
      String text = new String(connection.in().string(MAX_TEXT), StandardCharsets.UTF_8);
      text.lines()
          .map(line -> line.split(":", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> found.put(pair[0], pair[1]));
    }
    return found;
  }

  private void expect(String what, char type) throws IOException {
    char found = connection.in().begin();
    if (found == '-') {
      throw refused(what);
    }
    if (found != type) {
      throw new ProtocolBreach("the reply to " + what);
    }
  }

  private HiCacheException refused(String what) {
    return RespFaults.ofReply(what, config, connection.in().text());
  }
}
