package io.hicache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hicache.Page;
import org.junit.jupiter.api.Test;

class CodecWorkspaceTest {
  private static final Page PAGE = Samples.page(Samples.repetitive(4096, 1), 2);

  @Test
  void workspace_onceClosed_isRefusedByEncodeAndDecode() {
    PageCodec codec = PageCodec.of(CodecConfig.PLAIN.withCompression(Compression.ZSTD));
    CodecWorkspace workspace = new CodecWorkspace();
    codec.encode(PAGE, workspace);
    workspace.close();
    workspace.close();

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> codec.encode(PAGE, workspace));
    assertEquals("workspace: must not be used after it was closed", refused.getMessage());
    assertThrows(
        IllegalStateException.class,
        () -> codec.decode(Samples.natively(new byte[99]), PAGE, workspace));
  }

  @Test
  void workspace_ofCodecsOfSeveralLevels_servesEach() {
    CodecConfig zstd = CodecConfig.PLAIN.withCompression(Compression.ZSTD);
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      long[] bytes = new long[2];
      for (int i = 0; i < 4; i++) {
        int level = i % 2 == 0 ? 1 : 9;
        CodecConfig config =
            new CodecConfig(Compression.ZSTD, level, Encryption.OFF, zstd.keys(), "", true);
        long stored = PageCodec.of(config).encode(PAGE, workspace).bytes();
        if (i < 2) {
          bytes[i] = stored;
        }
        assertEquals(bytes[i % 2], stored, "level " + level);
      }
    }
  }
}
