package io.hicache.spi;

import io.hicache.StorageConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A backend's options, each found where it was given first: in code, in a system property {@code
 * hicache.<backend>.<option>}, in a variable {@code HICACHE_<BACKEND>_<OPTION>}, in a variable of
 * the Python backend, or else its default. Every value is read and checked when the options are; a
 * key that no option has is an error. Immutable.
 */
public final class Options {
  /** Where a value may come from, the nearest to the call first. */
  private enum Place {
    CODE,
    PROPERTY,
    VARIABLE,
    PYTHON_VARIABLE,
    DEFAULT
  }

  /** A value as text, where it came from, and how to read it. */
  private record Given<T>(Place place, String source, String text, Function<String, T> parser) {}

  private final String backend;
  private final Map<String, String> code;
  private final Map<String, String> properties;
  private final Environment environment;
  private final Map<Option<?>, Object> values = new LinkedHashMap<>();
  private final Map<Option<?>, Given<?>> given = new LinkedHashMap<>();

  private Options(String backend, StorageConfig config) {
    this.backend = backend;
    this.environment = Environment.of(config);
    this.code = normalised("option", config.options(), "");
    this.properties = normalised("property", environment.properties(), normal(propertyPrefix()));
  }

  /**
   * Reads a backend's options.
   *
   * @param backend the backend's name
   * @param config where code gave them
   * @param known every option the backend has
   * @throws IllegalArgumentException if a key is unknown, or a value is out of range or without its
   *     unit; the message names option, value, where it came from, and the rule
   */
  public static Options read(String backend, StorageConfig config, List<Option<?>> known) {
    Options options = new Options(backend, config);
    options.refuseUnknown(known);
    known.forEach(options::resolve);
    return options;
  }

  /**
   * Reads one option, whatever others are given.
   *
   * @param backend the backend's name
   * @param config where code gave it
   * @param option which
   * @param <T> the type of a value
   * @throws IllegalArgumentException if its value is out of range or without its unit
   */
  public static <T> Optional<T> peek(String backend, StorageConfig config, Option<T> option) {
    Options options = new Options(backend, config);
    options.resolve(option);
    return options.find(option);
  }

  /**
   * Returns the value of an option that has a default.
   *
   * @param option which
   * @param <T> the type of a value
   * @throws IllegalStateException if it is unset and has no default, or was not among the known
   *     ones
   */
  public <T> T get(Option<T> option) {
    return find(option)
        .orElseThrow(() ->
            new IllegalStateException("option " + option.name() + ": unset, and has no default"));
  }

  /**
   * Returns the value of an option; empty if it is unset and has no default.
   *
   * @param option which
   * @param <T> the type of a value
   */
  @SuppressWarnings("unchecked") // resolve() files a T under an Option<T>
  public <T> Optional<T> find(Option<T> option) {
    return Optional.ofNullable((T) values.get(option));
  }

  /**
   * Compares how near to the call two options were given: in code, in a property, in a variable, in
   * a Python backend's variable. One that is unset or has its default was given nowhere.
   *
   * @param one an option
   * @param other another
   * @return negative if the one was given nearer, 0 if both were given in one kind of place
   */
  public int compareNearness(Option<?> one, Option<?> other) {
    return place(one).compareTo(place(other));
  }

  /**
   * Returns where an option was given, for messages: {@code variable REDIS_URL}.
   *
   * @param option which
   */
  public String source(Option<?> option) {
    Given<?> found = given.get(option);
    return found == null ? "option " + option.name() : found.source();
  }

  private Place place(Option<?> option) {
    Given<?> found = given.get(option);
    return found == null ? Place.DEFAULT : found.place();
  }

  private <T> void resolve(Option<T> option) {
    inCode(option)
        .or(() -> inProperty(option))
        .or(() -> inVariable(option))
        .or(() -> inPythonVariable(option))
        .or(() ->
            option
                .fallback()
                .map(text -> new Given<>(Place.DEFAULT, "default", text, option.parser())))
        .ifPresent(found -> {
          values.put(option, value(option, found));
          given.put(option, found);
        });
  }

  private <T> Optional<Given<T>> inCode(Option<T> option) {
    Optional<Given<T>> found = inCode(option.name(), option.parser());
    for (Option.Alias<T> alias : option.aliases()) {
      Optional<Given<T>> other = inCode(alias.name(), alias.parser());
      if (found.isPresent() && other.isPresent()) {
        refuseConflict(option, found.get(), other.get());
      }
      found = found.or(() -> other);
    }
    return found;
  }

  private <T> Optional<Given<T>> inCode(String name, Function<String, T> parser) {
    return Optional.ofNullable(code.get(normal(name)))
        .map(text -> new Given<>(Place.CODE, "option " + name, text, parser));
  }

  private <T> Optional<Given<T>> inProperty(Option<T> option) {
    String name = propertyPrefix() + option.name();
    return Optional.ofNullable(properties.get(normal(name)))
        .map(text -> new Given<>(Place.PROPERTY, "property " + name, text, option.parser()));
  }

  private <T> Optional<Given<T>> inVariable(Option<T> option) {
    String name = variablePrefix() + option.name().toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(environment.variables().get(name))
        .map(text -> new Given<>(Place.VARIABLE, "variable " + name, text, option.parser()));
  }

  private <T> Optional<Given<T>> inPythonVariable(Option<T> option) {
    return option.variables().stream()
        .filter(alias -> environment.variables().containsKey(alias.name()))
        .findFirst()
        .flatMap(alias ->
            Optional.ofNullable(environment.variables().get(alias.name()))
                .map(text ->
                    new Given<>(
                        Place.PYTHON_VARIABLE, "variable " + alias.name(), text, alias.parser())));
  }

  private <T> T value(Option<T> option, Given<T> given) {
    try {
      return given.parser().apply(given.text());
    } catch (RuntimeException e) {
      String what = "%s of backend %s is ".formatted(given.source(), backend);
      if (option.secret()) { // the parser's own words may quote it
        throw new IllegalArgumentException(what + "a secret: must be " + option.form());
      }
      throw new IllegalArgumentException(what + Quoted.of(given.text()) + ": " + e.getMessage(), e);
    }
  }

  private <T> void refuseConflict(Option<T> option, Given<T> one, Given<T> other) {
    if (!value(option, one).equals(value(option, other))) {
      throw new IllegalArgumentException(
          "%s and %s of backend %s: are two names of one option, and must not differ"
              .formatted(one.source(), other.source(), backend));
    }
  }

  private void refuseUnknown(List<Option<?>> known) {
    TreeSet<String> names = new TreeSet<>();
    known.forEach(option -> names.add(option.name()));
    TreeSet<String> inCode = new TreeSet<>(names);
    known.forEach(o -> o.aliases().forEach(alias -> inCode.add(normal(alias.name()))));
    code.keySet().forEach(key -> refuse(!inCode.contains(key), "option " + key, names));
    for (String name : environment.properties().keySet()) {
      String key = normal(name);
      String prefix = normal(propertyPrefix());
      boolean ours = key.startsWith(prefix);
      refuse(ours && !names.contains(key.substring(prefix.length())), "property " + name, names);
    }
    for (String name : environment.variables().keySet()) {
      boolean ours = name.startsWith(variablePrefix());
      refuse(
          ours && !names.contains(normal(name.substring(variablePrefix().length()))),
          "variable " + name,
          names);
    }
  }

  private void refuse(boolean unknown, String what, Set<String> names) {
    if (unknown) {
      throw new IllegalArgumentException(
          "%s: unknown to backend %s; it has %s"
              .formatted(what, backend, String.join(", ", names)));
    }
  }

  private String propertyPrefix() {
    return "hicache." + backend + ".";
  }

  private String variablePrefix() {
    return "HICACHE_" + backend.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
  }

  /** Returns what has the prefix, under one spelling of each name. */
  private static Map<String, String> normalised(
      String kind, Map<String, String> given, String prefix) {
    Map<String, String> normal = new TreeMap<>();
    given.forEach((name, value) -> {
      String key = normal(name);
      String before = key.startsWith(prefix) ? normal.put(key, value) : null;
      if (before != null && !before.equals(value)) {
        throw new IllegalArgumentException(
            "%s %s: given twice, with - and with _, and must not differ".formatted(kind, name));
      }
    });
    return normal;
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
