package io.hicache.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;

/**
 * A class path of its own: one directory of the test's resources with its {@code
 * META-INF/services}, and the classes of {@code io.hicache.spi.found} anew, but for those that are
 * missing from it.
 */
final class FoundLoader extends URLClassLoader {
  private static final String OWN = "io.hicache.spi.found.";

  private final Set<String> missing;

  FoundLoader(String directory, String... missing) {
    super(new URL[] {services(directory)}, FoundLoader.class.getClassLoader());
    this.missing = Set.of(missing);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN)) {
      return super.loadClass(name, resolve);
    }
    if (missing.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded == null ? define(name) : loaded;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = FoundLoader.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static URL services(String directory) {
    try {
      return Path.of("src", "test", "resources", "providers", directory).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
