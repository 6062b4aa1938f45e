package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.Page;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page leaves on the heap: as much whatever its length, and no more than is promised. */
class AllocationTest {
  private static final int ROUNDS = 60;

  static List<CodecConfig> configs() {
    CodecConfig plain = CodecConfig.PLAIN;
    CodecConfig zstd = plain.withCompression(Compression.ZSTD);
    CodecConfig lz4 = plain.withCompression(Compression.LZ4);
    return List.of(
        plain,
        zstd,
        lz4,
        plain.withEncryption(Samples.KEYS),
        zstd.withEncryption(Samples.KEYS),
        lz4.withEncryption(Samples.KEYS));
  }

  private static long promised(CodecConfig config) {
    long compression = config.compression() == Compression.LZ4 ? 18 << 10 : 2 << 10;
    return compression + (config.encryption() == Encryption.OFF ? 0 : 5 << 10);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void encodeAndDecode_ofAnyLength_leaveNoMoreThanPromised(CodecConfig config)
      throws ReflectiveOperationException {
    PageCodec codec = PageCodec.of(config);
    for (int bytes : new int[] {64 << 10, 1 << 20}) {
      Page page = Samples.page(Samples.repetitive(bytes, 1), 4);
      MemorySegment stored = Samples.natively(Samples.stored(codec, page));
      try (CodecWorkspace workspace = new CodecWorkspace()) {
        long encoding = perRound(() -> codec.encode(page, workspace));
        long decoding =
            perRound(() -> assertSame(Decoding.DONE, codec.decode(stored, page, workspace)));

        long most = promised(config);
        assertTrue(encoding <= most, config + ": encoding leaves " + encoding + " B");
        assertTrue(decoding <= most, config + ": decoding leaves " + decoding + " B");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void workspace_ofManyPages_growsNoMoreThanTwiceThePage(CodecConfig config) {
    PageCodec codec = PageCodec.of(config);
    int bytes = 1 << 20;
    Page page = Samples.page(Samples.repetitive(bytes, 1), 4);
    MemorySegment stored = Samples.natively(Samples.stored(codec, page));
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      for (int i = 0; i < 100; i++) {
        codec.encode(page, workspace);
        codec.decode(stored, page, workspace);
      }
      assertTrue(workspace.roomBytes() <= 2L * bytes + 1024, workspace.roomBytes() + " B");
    }
  }

  private static long perRound(Runnable call) throws ReflectiveOperationException {
    for (int i = 0; i < ROUNDS; i++) {
      call.run();
    }
    long before = allocated();
    for (int i = 0; i < ROUNDS; i++) {
      call.run();
    }
    long bytes = allocated() - before;
    assertTrue(bytes > 0, "this JVM counts nothing");
    return bytes / ROUNDS;
  }

  /** By reflection, because the module under test does not read the JVM's management. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    return (long) allocated.invoke(threads);
  }
}
