package io.hicache.codec;

import io.hicache.FaultKind;
import io.hicache.HiCacheException;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.PageKey;
import io.hicache.Part;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and encrypts pages on their way to a store, and undoes both on their way back.
 *
 * <p><b>Bytes.</b> What is stored is {@value #HEADER_BYTES} bytes of header, the body, and with
 * encryption {@value #TAG_BYTES} bytes of tag. Compression is kept only where the body is at most
 * 15/16 of the page; after 16 pages of a pool in a row where it was not, one page of the pool in 64
 * is tried, until one pays. Heap per page, whatever its length: 2 KiB, with LZ4 18 KiB to encode,
 * and 5 KiB more with encryption, which is what the JDK's cipher makes; native memory is the
 * workspace's. A page goes through it where it is compressed or encrypted, and its parts too where
 * there are several; a page that is stored as it is, is not copied.
 *
 * <p><b>Ownership.</b> Pages stay the caller's and are reached during a call alone. <b>Threads.</b>
 * Thread-safe, each call with a workspace of its own. <b>Lifetime.</b> It holds nothing that must
 * be closed. <b>Failure.</b> Decoding takes any bytes: it writes to the target alone, makes no
 * block longer than the target needs, and tells by a {@link Decoding} what is wrong. {@link
 * HiCacheException} is for what is no page's fault: keys that cannot be had, a library that fails.
 */
public final class PageCodec {
  /** Bytes in front of a stored page. */
  public static final int HEADER_BYTES = CodecHeader.BYTES;

  /** Bytes behind an encrypted page. */
  public static final int TAG_BYTES = Sealer.TAG_BYTES;

  /** Most bytes by which a stored page is longer than the page. */
  public static final int OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

  private final CodecConfig config;
  private final PageEncoder encoder;
  private final PageDecoder decoder;

  private PageCodec(CodecConfig config, @Nullable KeyRing keys) {
    this.config = config;
    this.encoder = new PageEncoder(config, config.encryption() == Encryption.OFF ? null : keys);
    this.decoder = new PageDecoder(config, keys);
  }

  /**
   * Makes a codec.
   *
   * @param config what it does
   * @throws HiCacheException {@link FaultKind#REFUSED} if zstd's library is asked for and cannot be
   *     loaded, or the current key is none
   */
  public static PageCodec of(CodecConfig config) {
    KeyRing keys = config.keys().map(KeyRing::new).orElse(null);
    if (config.compression() == Compression.ZSTD) {
      Zstd.require();
    }
    if (keys != null && config.encryption() != Encryption.OFF) {
      new Sealer().require(keys.current());
    }
    return new PageCodec(config, keys);
  }

  /**
   * Encodes a page.
   *
   * @param page host memory alone
   * @param workspace used by no other call meanwhile
   * @return what to store; of the workspace and of the page's own memory
   * @throws IllegalArgumentException if a part is not host memory
   * @throws HiCacheException if a key cannot be had, or a library failed
   */
  public Encoded encode(Page page, CodecWorkspace workspace) {
    requireHost(page);
    return encoder.encode(page, identity(page.key()), workspace);
  }

  /**
   * Decodes a page into its memory.
   *
   * @param stored native memory that holds what may be an encoded page, from its header's first
   *     byte to its last
   * @param target host memory alone; unspecified afterwards unless the answer is {@link
   *     Decoding#DONE}
   * @param workspace used by no other call meanwhile
   * @throws IllegalArgumentException if a part is not host memory, or {@code stored} is on the heap
   * @throws HiCacheException if keys cannot be asked, or a library failed
   */
  public Decoding decode(MemorySegment stored, Page target, CodecWorkspace workspace) {
    requireHost(target);
    if (!stored.isNative()) {
      throw new IllegalArgumentException("stored page: must be native memory, but is on the heap");
    }
    return decoder.decode(stored, target, identity(target.key()), workspace);
  }

  /** Returns what it has done so far; never blocks. */
  public CodecStats stats() {
    return encoder.stats();
  }

  /** What a stored page is bound to; a zero ends each, which none of them can hold. */
  private byte[] identity(PageKey key) {
    String text = config.context() + '\0' + key.value() + '\0' + key.pool().value() + '\0';
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void requireHost(Page page) {
    for (Part part : page.parts()) {
      if (!(part instanceof HostPart)) {
        throw new IllegalArgumentException(
            "page %s: must be host memory, but has a part on a device".formatted(page.key()));
      }
    }
  }
}
