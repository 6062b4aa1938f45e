package io.hicache.codec;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Pages to encode, and memory to decode into that shows what was written beside it. */
final class Samples {
  static final PageKey KEY = new PageKey("0f".repeat(32));
  static final SecretKey SECRET = secret(1);
  static final EncryptionKeys KEYS = EncryptionKeys.of("k1", SECRET);

  private Samples() {}

  static SecretKey secret(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return new SecretKeySpec(bytes, "AES");
  }

  static MemorySegment memory(long bytes) {
    return Arena.ofAuto().allocate(bytes);
  }

  static byte[] random(int bytes, long seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return content;
  }

  /** Text-like bytes that every algorithm makes shorter. */
  static byte[] repetitive(int bytes, long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) (i % 97 == 0 ? random.nextInt() : "attention ".charAt(i % 10));
    }
    return content;
  }

  /** A page of some content. */
  static Page page(byte[] content, int parts) {
    Page page = Guarded.of(KEY, content.length, parts).page();
    fill(page, content);
    return page;
  }

  static void fill(Page page, byte[] content) {
    int at = 0;
    for (Part part : page.parts()) {
      MemorySegment segment = ((HostPart) part).segment();
      MemorySegment.copy(content, at, segment, ValueLayout.JAVA_BYTE, 0, (int) segment.byteSize());
      at += (int) segment.byteSize();
    }
  }

  static byte[] content(List<Part> parts) {
    byte[] content = new byte[(int) parts.stream().mapToLong(Part::bytes).sum()];
    int at = 0;
    for (Part part : parts) {
      MemorySegment segment = ((HostPart) part).segment();
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, 0, content, at, (int) segment.byteSize());
      at += (int) segment.byteSize();
    }
    return content;
  }

  /** What a store would hold of a page. */
  static byte[] stored(PageCodec codec, Page page) {
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      return content(codec.encode(page, workspace).parts());
    }
  }

  static MemorySegment natively(byte[] bytes) {
    MemorySegment memory = memory(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return memory.asSlice(0, bytes.length);
  }

  static Decoding decode(PageCodec codec, byte[] stored, Page target) {
    try (CodecWorkspace workspace = new CodecWorkspace()) {
      return codec.decode(natively(stored), target, workspace);
    }
  }
}
