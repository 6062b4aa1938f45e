package io.hicache.resp;

import io.hicache.spi.Units;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server as one text: {@code redis://user:password@host:6379/0}, the same with {@code valkey://},
 * or {@code unix:/path/of/socket}, {@code unix:///path?db=0}. Signs that a URL cannot hold are
 * written as {@code %40} and the like.
 *
 * @param address where it listens
 * @param username who logs in, if given
 * @param password with what, if given
 * @param database which database, if given
 */
public record ServerUrl(
    ServerAddress address,
    Optional<String> username,
    Optional<String> password,
    Optional<Integer> database) {

  /** The port of Valkey and Redis where none is given. */
  public static final int PORT = 6379;

  /**
   * Reads a URL. What is thrown says the rule and never repeats the text, which may hold a
   * password.
   *
   * @param text the URL
   * @throws IllegalArgumentException if it is none of the forms above
   */
  public static ServerUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("must be a URL: " + e.getReason());
    }
    return switch (String.valueOf(uri.getScheme())) {
      case "redis", "valkey" -> tcp(uri);
      case "unix" -> unix(uri);
      case "rediss", "valkeys" ->
          throw new IllegalArgumentException("must not ask for TLS, which is not offered yet");
      default -> throw new IllegalArgumentException("must begin with redis://, valkey:// or unix:");
    };
  }

  /** Returns the address; user and password are not shown. */
  @Override
  public String toString() {
    return address.toString();
  }

  private static ServerUrl tcp(URI uri) {
    String host = uri.getHost();
    if (host == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must be as redis://user:password@host:port/database");
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String path = uri.getRawPath().replaceFirst("^/", "");
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    return new ServerUrl(
        new ServerAddress.Tcp(bare, port),
        given(login[0]),
        login.length > 1 ? given(login[1]) : Optional.empty(),
        path.isEmpty() ? Optional.empty() : Optional.of(database(path)));
  }

  private static ServerUrl unix(URI uri) {
    String text = uri.isOpaque() ? uri.getRawSchemeSpecificPart() : uri.getRawPath();
    String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
    if (text == null || !text.startsWith("/") || uri.getRawAuthority() != null) {
      throw new IllegalArgumentException("must be as unix:/path/of/socket");
    }
    if (!query.isEmpty() && !query.startsWith("db=")) {
      throw new IllegalArgumentException("must have no other parameter than db, as in ?db=0");
    }
    return new ServerUrl(
        new ServerAddress.Unix(Path.of(decoded(text))),
        Optional.empty(),
        Optional.empty(),
        query.isEmpty() ? Optional.empty() : Optional.of(database(query.substring(3))));
  }

  private static int database(String text) {
    return Units.between(Units.number(text), 0, ServerOptions.MAX_DATABASE).intValue();
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(decoded(text));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
