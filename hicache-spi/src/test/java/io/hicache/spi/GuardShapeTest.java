package io.hicache.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of the guard's text, whoever adds to it. */
class GuardShapeTest {

  /** A default method that the guard does not override would go past it to nothing. */
  @Test
  void guard_ofEveryMethodThatDoesSomething_hasItsOwn() {
    List<Method> primitives =
        Arrays.stream(HiCacheStorage.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method ->
                Modifier.isAbstract(method.getModifiers())
                    || List.of(method.getParameterTypes()).contains(CallOptions.class))
            .toList();
    assertTrue(primitives.size() >= 17, primitives.toString());

    List<String> missing =
        primitives.stream().filter(method -> !overridden(method)).map(Method::toString).toList();
    assertEquals(List.of(), missing);
  }

  /** A monitor held across I/O pins virtual threads; so the library has none. */
  @Test
  void sources_ofTheLibrary_holdNoMonitor() throws IOException {
    Path sources = Path.of("src", "main", "java");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertTrue(java.size() > 40, "looked in the wrong place: " + sources.toAbsolutePath());
      for (Path file : java) {
        String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
        assertTrue(!code.matches("(?s).*\\bsynchronized\\b.*"), file + " holds a monitor");
      }
    }
  }

  private static boolean overridden(Method method) {
    try {
      return GuardedStorage.class
          .getMethod(method.getName(), method.getParameterTypes())
          .getDeclaringClass()
          .equals(GuardedStorage.class);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
