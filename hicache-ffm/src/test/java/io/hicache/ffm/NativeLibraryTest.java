package io.hicache.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final FunctionDescriptor INT_TO_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);

  @TempDir Path directory;

  @Test
  void function_ofTheCLibrary_isCalled() throws Throwable {
    MethodHandle abs = NativeLibrary.libc().function("abs", INT_TO_INT);

    assertEquals(7, (int) abs.invokeExact(-7));
  }

  @Test
  void function_unknown_namesLibraryAndFunction() {
    NativeLibrary libc = NativeLibrary.libc();

    HiCacheException e =
        assertThrows(HiCacheException.class, () -> libc.function("no_such_function", INT_TO_INT));

    assertEquals(FaultKind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("libc") && e.getMessage().contains("no_such_function"));
    assertEquals(Optional.empty(), libc.optional("no_such_function", INT_TO_INT));
  }

  @Test
  void load_missingFile_isAStateWithAMessage() {
    Path missing = directory.resolve("libmissing.so");

    HiCacheException e = assertThrows(HiCacheException.class, () -> NativeLibrary.load(missing));

    assertEquals(FaultKind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
  }

  @Test
  void load_fileThatIsNoLibrary_isAStateWithAMessage() throws IOException {
    Path text = Files.writeString(directory.resolve("libtext.so"), "not a library");

    HiCacheException e = assertThrows(HiCacheException.class, () -> NativeLibrary.load(text));

    assertEquals(FaultKind.UNAVAILABLE, e.kind());
  }

  @Test
  void load_unknownName_isAStateWithAMessage() {
    HiCacheException e =
        assertThrows(HiCacheException.class, () -> NativeLibrary.load("libhicache-none.so.9"));

    assertTrue(e.getMessage().contains("libhicache-none.so.9"), e.getMessage());
  }

  @Test
  void load_nameWithADirectory_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> NativeLibrary.load("./libc.so.6"));
  }

  @Test
  void unexpected_keepsExceptionsAndErrorsAsTheyAre() {
    IllegalStateException closed = new IllegalStateException("closed");
    assertSame(closed, NativeLibrary.unexpected("f", closed));
    assertThrows(StackOverflowError.class, () -> rethrow(new StackOverflowError()));
    assertInstanceOf(
        HiCacheException.class, NativeLibrary.unexpected("f", new Exception("checked")));
  }

  @Test
  void environment_secondValue_isRefusedByNameAndWithoutValue() {
    ProcessEnvironment.set(Map.of("HICACHE_TEST_ONCE", "secret-one"));
    ProcessEnvironment.set(Map.of("HICACHE_TEST_ONCE", "secret-one"));

    HiCacheException e =
        assertThrows(
            HiCacheException.class,
            () -> ProcessEnvironment.set(Map.of("HICACHE_TEST_ONCE", "secret-two")));

    assertEquals(FaultKind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("HICACHE_TEST_ONCE"), e.getMessage());
    assertTrue(!e.getMessage().contains("secret"), e.getMessage());
  }

  @Test
  void environment_badNames_areRefused() {
    for (String name : new String[] {"", "A=B", "A\0B"}) {
      assertThrows(
          IllegalArgumentException.class, () -> ProcessEnvironment.set(Map.of(name, "value")));
    }
  }

  private static void rethrow(Throwable thrown) {
    throw NativeLibrary.unexpected("f", thrown);
  }
}
