package io.hicache.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.HiCacheException;
import io.hicache.PageLayout;
import io.hicache.PoolName;
import io.hicache.pool.HostPool;
import io.hicache.pool.MlaShape;
import io.hicache.pool.PoolSlots;
import io.hicache.spi.HostMemoryAllocator;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeAccessTest {

  /** What a user's program sees that was started without the flag. */
  static final class Ungranted {
    private static final MlaShape SHAPE =
        new MlaShape(PageLayout.LAYER_FIRST, new PoolSlots(1, 1), 1, 1, 1);

    private Ungranted() {}

    public static void main(String[] args) {
      System.out.println(NativeFiles.find().isPresent());
      try {
        NativeLibrary.load(Path.of("/nowhere/libnothing.so"));
      } catch (HiCacheException e) {
        System.out.println(e.kind() + " " + e.getMessage());
      }
      try {
        System.out.println(HostPool.allocate(PoolName.KV, SHAPE, HostMemoryAllocator.HUGE_PAGES));
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void library_withoutTheGrant_namesTheFlagAndLoadsNothing() throws Exception {
    String output = runWithout("--illegal-native-access=deny");

    String[] lines = output.split("\n", -1);
    assertEquals("false", lines[0], output);
    assertTrue(lines[1].startsWith("REFUSED"), output);
    assertTrue(lines[1].contains("--enable-native-access=ALL-UNNAMED"), output);
  }

  /** On the class path, where the service is found by its file. */
  @Test
  void hugePages_withoutTheGrant_nameTheFlag() throws Exception {
    String output = runWithout("--illegal-native-access=deny");

    assertEquals(
        "allocator huge-pages, 1 bytes: needs native access: start java with"
            + " --enable-native-access=ALL-UNNAMED",
        output.split("\n", -1)[2],
        output);
  }

  @Test
  void flag_onTheModulePath_namesThisModuleAlone() {
    assertTrue(NativeAccess.granted());
    assertEquals("--enable-native-access=io.hicache.ffm", NativeAccess.flag());
  }

  private static String runWithout(String option) throws IOException, InterruptedException {
    String path =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                path + File.pathSeparator + testClasses(),
                Ungranted.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor(), output);
    return output;
  }

  private static String testClasses() {
    return Path.of("target", "test-classes").toAbsolutePath().toString();
  }
}
