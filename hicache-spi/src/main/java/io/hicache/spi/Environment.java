package io.hicache.spi;

import io.hicache.StorageConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where options come from besides code: system properties and environment variables. Attach one to
 * a {@link StorageConfig} to replace the process's own.
 *
 * @param properties system properties by name
 * @param variables environment variables by name
 */
public record Environment(Map<String, String> properties, Map<String, String> variables) {
  /** No property and no variable. */
  public static final Environment EMPTY = new Environment(Map.of(), Map.of());

  /** Copies the maps. */
  public Environment {
    properties = Map.copyOf(properties);
    variables = Map.copyOf(variables);
  }

  /**
   * Returns the environment a configuration carries, or else the process's.
   *
   * @param config the configuration
   */
  public static Environment of(StorageConfig config) {
    return config.attachment(Environment.class).orElseGet(Environment::ofProcess);
  }

  /** Returns the process's properties and variables as they are now. */
  public static Environment ofProcess() {
    Properties system = System.getProperties();
    Map<String, String> properties = new HashMap<>();
    for (String name : system.stringPropertyNames()) {
      String value = system.getProperty(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    return new Environment(properties, System.getenv());
  }

  /** Returns the names only: values may be secrets. */
  @Override
  public String toString() {
    return "Environment[%d properties, %d variables]"
        .formatted(properties.size(), variables.size());
  }
}
