package io.hicache.codec;

import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.Part;
import io.hicache.PoolName;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Turns pages into what is stored. Of a workspace's two blocks the first takes a page that is
 * gathered, the second what it is compressed to, and the tag's owner is whichever is free then.
 * Thread-safe, each call with a workspace of its own.
 */
final class PageEncoder {
  /** Of how many pools it is remembered apart whether compression pays; the others share. */
  private static final int MAX_POOLS = 256;

  private final CodecConfig config;
  private final @Nullable KeyRing keys;
  private final SecureRandom random = new SecureRandom();
  private final Map<PoolName, Payoff> payoffs = new ConcurrentHashMap<>();
  private final Payoff shared = new Payoff();
  private final LongAdder pages = new LongAdder();
  private final LongAdder tried = new LongAdder();
  private final LongAdder paid = new LongAdder();
  private final LongAdder pageBytes = new LongAdder();
  private final LongAdder storedBytes = new LongAdder();

  /** Makes an encoder; it encrypts if there are keys. */
  PageEncoder(CodecConfig config, @Nullable KeyRing keys) {
    this.config = config;
    this.keys = keys;
  }

  /** Encodes a page of host memory. */
  Encoded encode(Page page, byte[] identity, CodecWorkspace workspace) {
    long bytes = page.bytes();
    CodecHeader header = workspace.header();
    MemorySegment packed = pack(page, bytes, workspace);
    Compression done = packed == null ? Compression.OFF : config.compression();
    header.begin(done, bytes, packed == null ? bytes : packed.byteSize());
    List<Part> body = packed == null ? page.parts() : List.of(Part.of(packed));
    if (keys != null) {
      body = List.of(Part.of(seal(page, packed, identity, workspace, keys.current())));
    } else if (config.checksum()) {
      header.bodyChecksum(sum(body, workspace.checksum()));
    }
    header.end(identity);
    return counted(bytes, header, body, done);
  }

  CodecStats stats() {
    return new CodecStats(pages.sum(), tried.sum(), paid.sum(), pageBytes.sum(), storedBytes.sum());
  }

  /**
   * Returns the page compressed, in the second block; null where that is not tried or not worth it.
   */
  private @Nullable MemorySegment pack(Page page, long bytes, CodecWorkspace workspace) {
    int limit = Payoff.limit(bytes);
    if (config.compression() == Compression.OFF || limit < 1) {
      return null;
    }
    Payoff payoff = payoff(page.key().pool());
    if (!payoff.worthTrying()) {
      return null;
    }
    ByteBuffer from = contiguous(page, bytes, workspace).asByteBuffer();
    MemorySegment room = workspace.second().take(limit);
    int length =
        workspace.packer(config.compression(), config.level()).pack(from, room.asByteBuffer());
    boolean pays = length != Packer.TOO_LONG;
    payoff.tried(pays);
    tried.increment();
    if (!pays) {
      return null;
    }
    paid.increment();
    return room.asSlice(0, length);
  }

  private Payoff payoff(PoolName pool) {
    Payoff known = payoffs.get(pool);
    if (known != null) {
      return known;
    }
    return payoffs.size() < MAX_POOLS ? payoffs.computeIfAbsent(pool, p -> new Payoff()) : shared;
  }

  /** Returns what is encrypted, in the block that its plain form does not lie in. */
  private MemorySegment seal(
      Page page,
      @Nullable MemorySegment packed,
      byte[] identity,
      CodecWorkspace workspace,
      KeyRing.Entry key) {
    byte[] nonce = workspace.nonce();
    random.nextBytes(nonce);
    CodecHeader header = workspace.header();
    header.encryption(key.id(), nonce);
    MemorySegment plain = packed == null ? contiguous(page, page.bytes(), workspace) : packed;
    Scratch free = packed == null ? workspace.second() : workspace.first();
    MemorySegment sealed = free.take(plain.byteSize() + Sealer.TAG_BYTES);
    workspace
        .sealer()
        .seal(
            key.key(), nonce, header.bound(identity), plain.asByteBuffer(), sealed.asByteBuffer());
    return sealed;
  }

  /** Returns a page's bytes as one segment: its own where they are, else gathered. */
  private static MemorySegment contiguous(Page page, long bytes, CodecWorkspace workspace) {
    MemorySegment whole = CodecWorkspace.whole(page, bytes, workspace.first());
    if (page.parts().size() > 1) {
      CodecWorkspace.gather(page.parts(), whole);
    }
    return whole;
  }

  private static int sum(List<Part> body, CRC32C checksum) {
    checksum.reset();
    for (Part part : body) {
      checksum.update(((HostPart) part).segment().asByteBuffer());
    }
    return (int) checksum.getValue();
  }

  private Encoded counted(long bytes, CodecHeader header, List<Part> body, Compression done) {
    List<Part> parts = new ArrayList<>(body.size() + 1);
    parts.add(Part.of(header.segment()));
    parts.addAll(body);
    long stored = 0;
    for (Part part : parts) {
      stored += part.bytes();
    }
    pages.increment();
    pageBytes.add(bytes);
    storedBytes.add(stored);
    return new Encoded(parts, stored, done, config.encryption());
  }
}
