package io.hicache.codec;

import io.hicache.Page;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is stored into pages. Everything is checked before it is used: no length is taken from
 * a header that does not agree with the target's and the store's. Thread-safe, each call with a
 * workspace of its own.
 */
final class PageDecoder {
  private final CodecConfig config;
  private final @Nullable KeyRing keys;

  /** Makes a decoder; it decrypts if there are keys. */
  PageDecoder(CodecConfig config, @Nullable KeyRing keys) {
    this.config = config;
    this.keys = keys;
  }

  /** Decodes into a page of host memory. */
  Decoding decode(MemorySegment stored, Page target, byte[] identity, CodecWorkspace workspace) {
    CodecHeader header = workspace.header();
    if (stored.byteSize() < CodecHeader.BYTES) {
      return Decoding.DAMAGED;
    }
    header.read(stored);
    Decoding judged = header.judge(identity, stored.byteSize(), target.bytes());
    if (judged != Decoding.DONE) {
      return judged;
    }
    MemorySegment body = stored.asSlice(CodecHeader.BYTES);
    return header.encryption() == Encryption.OFF
        ? decodeOpen(body, target, workspace)
        : decodeSealed(body, target, identity, workspace);
  }

  private Decoding decodeOpen(MemorySegment body, Page target, CodecWorkspace workspace) {
    if (config.encryption() != Encryption.OFF) {
      return Decoding.UNSEALED;
    }
    CodecHeader header = workspace.header();
    if (header.hasChecksum()) {
      CRC32C checksum = workspace.checksum();
      checksum.reset();
      checksum.update(body.asByteBuffer());
      if (!header.matches((int) checksum.getValue())) {
        return Decoding.DAMAGED;
      }
    }
    if (header.compression() == Compression.OFF) {
      CodecWorkspace.scatter(body, target.parts());
      return Decoding.DONE;
    }
    return unpack(body, target, workspace);
  }

  private Decoding decodeSealed(
      MemorySegment sealed, Page target, byte[] identity, CodecWorkspace workspace) {
    CodecHeader header = workspace.header();
    Optional<SecretKey> key = keys == null ? Optional.empty() : keys.find(header.keyId());
    if (key.isEmpty()) {
      return Decoding.LOCKED;
    }
    int bytes = header.bodyBytes();
    boolean packed = header.compression() != Compression.OFF;
    MemorySegment plain =
        packed
            ? workspace.second().take(bytes)
            : CodecWorkspace.whole(target, bytes, workspace.first());
    if (!open(key.get(), sealed, plain, identity, workspace)) {
      return Decoding.DAMAGED;
    }
    return packed ? unpack(plain, target, workspace) : arrived(plain, target);
  }

  private static boolean open(
      SecretKey key,
      MemorySegment sealed,
      MemorySegment plain,
      byte[] identity,
      CodecWorkspace workspace) {
    byte[] nonce = workspace.nonce();
    CodecHeader header = workspace.header();
    header.nonce(nonce);
    return workspace
        .sealer()
        .open(key, nonce, header.bound(identity), sealed.asByteBuffer(), plain.asByteBuffer());
  }

  private Decoding unpack(MemorySegment packed, Page target, CodecWorkspace workspace) {
    MemorySegment whole = CodecWorkspace.whole(target, target.bytes(), workspace.first());
    Packer packer = packer(workspace);
    if (packer == null) {
      return Decoding.UNREADABLE;
    }
    ByteBuffer to = whole.asByteBuffer();
    return packer.unpack(packed.asByteBuffer(), to) ? arrived(whole, target) : Decoding.DAMAGED;
  }

  /** Returns what the header's compression takes; null if its library cannot be loaded. */
  private @Nullable Packer packer(CodecWorkspace workspace) {
    Compression compression = workspace.header().compression();
    if (compression == null) {
      return null;
    }
    try {
      return workspace.packer(compression, config.level());
    } catch (LinkageError | IllegalCallerException e) {
      return null;
    }
  }

  private static Decoding arrived(MemorySegment whole, Page target) {
    if (target.parts().size() > 1) {
      CodecWorkspace.scatter(whole, target.parts());
    }
    return Decoding.DONE;
  }
}
