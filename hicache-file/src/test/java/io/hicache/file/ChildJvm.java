package io.hicache.file;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Starts a main class of the tests in a JVM of its own, on this JVM's class path. */
final class ChildJvm {
  private ChildJvm() {}

  static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dhicache.test.native-io=" + Store.NATIVE_IO,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
  }

  private static String classPath() {
    Set<String> path = new LinkedHashSet<>();
    path.add(rootOf(ChildJvm.class));
    path.add(rootOf(FileStorageProvider.class));
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String entries = System.getProperty(property, "");
      if (!entries.isEmpty()) {
        path.addAll(List.of(entries.split(File.pathSeparator)));
      }
    }
    return String.join(File.pathSeparator, path);
  }

  /** Returns where a class was found, module or not. */
  private static String rootOf(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    try {
      String found =
          Path.of(Objects.requireNonNull(type.getResource('/' + name), name).toURI()).toString();
      return found.substring(0, found.length() - name.length() - 1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
