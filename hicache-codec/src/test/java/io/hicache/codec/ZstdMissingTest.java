package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where zstd's library may not be loaded, that is a state with advice, and all else works. */
class ZstdMissingTest {
  @Test
  void codec_inAJvmThatGrantsNoNativeAccess_saysWhatToAddAndDoesTheRest() throws IOException {
    List<String> lines = run();

    assertEquals(3, lines.size(), lines.toString());
    assertEquals("lz4: DONE", lines.get(0));
    assertTrue(lines.get(1).startsWith("zstd: REFUSED zstd cannot be loaded ("), lines.get(1));
    assertTrue(lines.get(1).contains("--enable-native-access="), lines.get(1));
    assertTrue(lines.get(1).endsWith("or set compression=lz4"), lines.get(1));
    assertEquals("page: UNREADABLE", lines.get(2));
  }

  private static List<String> run() throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "--illegal-native-access=deny",
                "-cp",
                classPath(),
                WithoutNativeAccess.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    try (var output = child.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } finally {
      child.destroy();
    }
  }

  private static String classPath() {
    Set<String> path = new LinkedHashSet<>();
    path.add(rootOf(ZstdMissingTest.class));
    path.add(rootOf(PageCodec.class));
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
