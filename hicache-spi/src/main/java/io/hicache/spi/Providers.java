package io.hicache.spi;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds backends by name among those the loaders of this library and of the caller's thread see.
 */
public final class Providers {
  /** Which artifact of this project brings which backend. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "file", "io.hicache:hicache-file",
          "juicefs", "io.hicache:hicache-juicefs",
          "valkey", "io.hicache:hicache-valkey",
          "redis", "io.hicache:hicache-redis",
          "nixl", "io.hicache:hicache-nixl-ffm",
          "memkv", "io.hicache:hicache-memkv-ffm");

  private final Map<String, List<HiCacheStorageProvider>> byName = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  private Providers() {
    Map<Class<?>, HiCacheStorageProvider> found = new LinkedHashMap<>();
    collect(Thread.currentThread().getContextClassLoader(), found);
    collect(Providers.class.getClassLoader(), found);
    found.values().forEach(this::file);
  }

  /**
   * Returns the one backend of a name.
   *
   * @param name the backend's name
   * @throws IllegalArgumentException if there is none or more than one; the message lists what was
   *     found, what could not be loaded, and which artifact would add the missing one
   */
  public static HiCacheStorageProvider find(String name) {
    Objects.requireNonNull(name, "backend");
    Providers providers = new Providers();
    List<HiCacheStorageProvider> candidates = providers.byName.getOrDefault(name, List.of());
    return switch (candidates.size()) {
      case 0 -> throw new IllegalArgumentException(providers.unknown(name));
      case 1 -> candidates.get(0);
      default ->
          throw new IllegalArgumentException(
              "backend %s: %d providers have that name, and must not: %s"
                  .formatted(
                      Quoted.of(name),
                      candidates.size(),
                      candidates.stream()
                          .map(provider -> provider.getClass().getName())
                          .collect(Collectors.joining(", "))));
    };
  }

  /** Returns the names of all backends found, in order. */
  public static List<String> names() {
    return List.copyOf(new Providers().byName.keySet());
  }

  /**
   * Returns the artifacts of this project that bring a backend, by the backend's name; whether or
   * not they are here.
   */
  public static Map<String, String> artifacts() {
    return ARTIFACTS;
  }

  private void file(HiCacheStorageProvider provider) {
    try {
      byName.computeIfAbsent(provider.name(), name -> new ArrayList<>()).add(provider);
    } catch (RuntimeException | LinkageError e) {
      broken.add(provider.getClass().getName() + ", which does not tell its name: " + e);
    }
  }

  /** Goes on past a provider that cannot be loaded: one backend's trouble is not another's. */
  private void collect(ClassLoader loader, Map<Class<?>, HiCacheStorageProvider> found) {
    Iterator<HiCacheStorageProvider> providers =
        ServiceLoader.load(HiCacheStorageProvider.class, loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        HiCacheStorageProvider provider = providers.next();
        found.putIfAbsent(provider.getClass(), provider);
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(story(e));
      }
    }
  }

  /** Tells of a provider that cannot be loaded; what is missing is often in the cause alone. */
  private static String story(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause + ")";
  }

  private String unknown(String name) {
    StringBuilder message =
        new StringBuilder("backend ")
            .append(Quoted.of(name))
            .append(": not found; here are ")
            .append(byName.isEmpty() ? "none" : String.join(", ", byName.keySet()));
    String artifact = ARTIFACTS.get(name);
    if (artifact != null) {
      message.append("; add ").append(artifact).append(" to the class or module path");
    }
    broken.stream().distinct().forEach(e -> message.append("; could not be loaded: ").append(e));
    return message.toString();
  }
}
