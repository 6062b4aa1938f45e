package io.hicache.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One option of a backend: its name, how its text is read, its range, its default, and the names
 * under which a Python backend knows it. Immutable; the {@code with} methods return changed copies.
 *
 * @param name kebab-case, as in {@code io-threads}
 * @param form what a value looks like, for messages and documentation
 * @param parser reads a value; throws {@link IllegalArgumentException} whose message is the rule
 * @param fallback the default as a user would write it; empty: unset
 * @param purpose what it is for, one line
 * @param aliases other names in code and configuration files, with their own way to read a value
 * @param variables environment variables of a Python backend, with their own way to read a value
 * @param secret whether its value must never be shown
 * @param <T> the type of a value
 */
public record Option<T>(
    String name,
    String form,
    Function<String, T> parser,
    Optional<String> fallback,
    String purpose,
    List<Alias<T>> aliases,
    List<Alias<T>> variables,
    boolean secret) {

  /**
   * Another name of an option.
   *
   * @param name the name
   * @param parser reads a value given under that name, in that name's unit
   * @param <T> the type of a value
   */
  public record Alias<T>(String name, Function<String, T> parser) {}

  /** Copies the lists. */
  public Option {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(parser, "parser");
    aliases = List.copyOf(aliases);
    variables = List.copyOf(variables);
  }

  /**
   * An option of any type.
   *
   * @param name kebab-case
   * @param form what a value looks like
   * @param parser reads a value
   * @param <T> the type of a value
   */
  public static <T> Option<T> of(String name, String form, Function<String, T> parser) {
    return new Option<>(name, form, parser, Optional.empty(), "", List.of(), List.of(), false);
  }

  /**
   * A text.
   *
   * @param name kebab-case
   */
  public static Option<String> text(String name) {
    return of(name, "text", Function.identity());
  }

  /**
   * A path; {@code ~} at its beginning is the user's home.
   *
   * @param name kebab-case
   */
  public static Option<Path> path(String name) {
    return of(name, "path", Units::path);
  }

  /**
   * A switch.
   *
   * @param name kebab-case
   */
  public static Option<Boolean> flag(String name) {
    return of(name, "true or false", Units::flag);
  }

  /**
   * A whole number.
   *
   * @param name kebab-case
   * @param min the least
   * @param max the most
   */
  public static Option<Integer> number(String name, int min, int max) {
    return of(
        name,
        "number, %d to %d".formatted(min, max),
        text -> Units.between(Units.number(text), (long) min, (long) max).intValue());
  }

  /**
   * A size in bytes, with its unit.
   *
   * @param name kebab-case
   * @param min the least, in bytes
   * @param max the most, in bytes
   */
  public static Option<Long> size(String name, long min, long max) {
    return of(
        name,
        "size, %s to %s".formatted(Units.ofBytes(min), Units.ofBytes(max)),
        text -> {
          long bytes = Units.bytes(text);
          if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                "must be %s to %s".formatted(Units.ofBytes(min), Units.ofBytes(max)));
          }
          return bytes;
        });
  }

  /**
   * A length of time, with its unit.
   *
   * @param name kebab-case
   * @param min the shortest
   * @param max the longest
   */
  public static Option<Duration> duration(String name, Duration min, Duration max) {
    return of(
        name,
        "time, %s to %s".formatted(Units.ofTime(min), Units.ofTime(max)),
        text -> {
          Duration time = Units.time(text);
          if (time.compareTo(min) < 0 || time.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                "must be %s to %s".formatted(Units.ofTime(min), Units.ofTime(max)));
          }
          return time;
        });
  }

  /**
   * One of a few words: an enum's constants in kebab-case.
   *
   * @param name kebab-case
   * @param type the enum
   * @param <E> the enum
   */
  public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type) {
    Map<E, String> words = new EnumMap<>(type);
    Arrays.stream(type.getEnumConstants())
        .forEach(e -> words.put(e, e.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    String form = String.join(" | ", words.values());
    return of(
        name,
        form,
        text ->
            words.entrySet().stream()
                .filter(word -> word.getValue().equals(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + form)));
  }

  /**
   * Returns this option with a default.
   *
   * @param text the default, as a user would write it
   */
  public Option<T> withDefault(String text) {
    return new Option<>(name, form, parser, Optional.of(text), purpose, aliases, variables, secret);
  }

  /**
   * Returns this option with a line on what it is for.
   *
   * @param line the line
   */
  public Option<T> withPurpose(String line) {
    return new Option<>(name, form, parser, fallback, line, aliases, variables, secret);
  }

  /** Returns this option as one whose value must never be shown. */
  public Option<T> asSecret() {
    return new Option<>(name, form, parser, fallback, purpose, aliases, variables, true);
  }

  /**
   * Returns this option with another name, whose values are read in the unit they have there.
   *
   * @param other the name, as a Python backend's configuration has it
   * @param reader reads a value given under that name
   */
  public Option<T> withAlias(String other, Function<String, T> reader) {
    List<Alias<T>> more = new ArrayList<>(aliases);
    more.add(new Alias<>(other, reader));
    return new Option<>(name, form, parser, fallback, purpose, more, variables, secret);
  }

  /**
   * Returns this option with another name for values of the same form.
   *
   * @param other the name, as a Python backend's configuration has it
   */
  public Option<T> withAlias(String other) {
    return withAlias(other, parser);
  }

  /**
   * Returns this option with an environment variable of a Python backend.
   *
   * @param variable the variable's name
   * @param reader reads its value
   */
  public Option<T> withVariable(String variable, Function<String, T> reader) {
    List<Alias<T>> more = new ArrayList<>(variables);
    more.add(new Alias<>(variable, reader));
    return new Option<>(name, form, parser, fallback, purpose, aliases, more, secret);
  }

  /**
   * Returns this option with an environment variable of a Python backend, of the same form.
   *
   * @param variable the variable's name
   */
  public Option<T> withVariable(String variable) {
    return withVariable(variable, parser);
  }
}
