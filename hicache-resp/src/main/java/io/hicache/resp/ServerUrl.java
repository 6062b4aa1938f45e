package io.hicache.resp;

import io.hicache.spi.Units;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server as one text: {@code redis://user:password@host:6379/0}, the same with {@code valkey://},
 * or {@code unix:/path/of/socket}, {@code unix://user:password@/path/of/socket?db=0}. Signs that a
 * URL cannot hold are written as {@code %40} and the like. {@code ?db=} and {@code &password=} are
 * taken too, as Python's clients write them.
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

  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<login>.*)@)?(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?");

  private static final Set<String> PARAMETERS = Set.of("db", "username", "password");

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
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must write a # as %23");
    }
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
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
    Matcher authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
    if (!authority.matches()) {
      throw new IllegalArgumentException("must be as redis://user:password@host:port/database");
    }
    String host = authority.group("host");
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String port = authority.group("port");
    String path = uri.getRawPath().replaceFirst("^/", "");
    Map<String, String> parameters = parameters(uri.getRawQuery());
    Optional<String> database = one("database", given(path), parameters.get("db"));
    return of(
        new ServerAddress.Tcp(bare, port == null ? PORT : Integer.parseInt(port)),
        Objects.requireNonNullElse(authority.group("login"), ""),
        database,
        parameters);
  }

  private static ServerUrl unix(URI uri) {
    String path = Objects.requireNonNullElse(uri.getRawPath(), ""); // unix:path has none
    String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
    boolean login = authority.endsWith("@");
    if (path.length() < 2 || (!authority.isEmpty() && !login)) {
      throw new IllegalArgumentException("must be as unix:/path/of/socket");
    }
    Map<String, String> parameters = parameters(uri.getRawQuery());
    return of(
        new ServerAddress.Unix(Path.of(decoded(path))),
        login ? authority.substring(0, authority.length() - 1) : "",
        Optional.ofNullable(parameters.get("db")),
        parameters);
  }

  private static ServerUrl of(
      ServerAddress address,
      String login,
      Optional<String> database,
      Map<String, String> parameters) {
    String[] parts = login.split(":", 2);
    Optional<String> password = parts.length > 1 ? given(parts[1]) : Optional.empty();
    return new ServerUrl(
        address,
        one("username", given(parts[0]), parameters.get("username")),
        one("password", password, parameters.get("password")),
        database.map(ServerUrl::database));
  }

  /** Reads what stands behind the question mark. */
  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      if (pair.length < 2 || !PARAMETERS.contains(pair[0])) {
        throw new IllegalArgumentException(
            "must have no other parameters than db, username and password, as in ?db=0");
      }
      if (parameters.put(pair[0], decoded(pair[1])) != null) {
        throw new IllegalArgumentException("must have parameter " + pair[0] + " once");
      }
    }
    return parameters;
  }

  private static Optional<String> one(
      String what, Optional<String> inPlace, @Nullable String parameter) {
    if (inPlace.isPresent() && parameter != null && !inPlace.get().equals(parameter)) {
      throw new IllegalArgumentException("must have one " + what);
    }
    return inPlace.or(() -> Optional.ofNullable(parameter));
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
