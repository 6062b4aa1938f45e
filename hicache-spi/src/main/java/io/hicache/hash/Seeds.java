package io.hicache.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What stands before a prompt's first page where something sets it apart from other prompts. */
final class Seeds {
  private static final byte[] NAMESPACE =
      "sglang-cache-namespace-v1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENTS = "sglang-cache-salt-v1\0".getBytes(StandardCharsets.US_ASCII);

  private static final byte NONE = 0;
  private static final byte TEXT = 1;

  private Seeds() {}

  /** Lengths stand before the texts, so that no two pairs of texts are the same bytes. */
  static byte @Nullable [] namespace(@Nullable String extraKey, @Nullable String cacheSalt) {
    if (extraKey == null && cacheSalt == null) {
      return null;
    }
    MessageDigest sha = Digests.sha256();
    sha.update(NAMESPACE);
    add(sha, "extra key", extraKey);
    add(sha, "cache salt", cacheSalt);
    return sha.digest();
  }

  static byte[] events(String cacheSalt) {
    MessageDigest sha = Digests.sha256();
    sha.update(EVENTS);
    sha.update(utf8("cache salt", cacheSalt));
    return sha.digest();
  }

  private static void add(MessageDigest sha, String what, @Nullable String text) {
    if (text == null) {
      sha.update(NONE);
      return;
    }
    ByteBuffer bytes = utf8(what, text);
    sha.update(TEXT);
    sha.update(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, bytes.remaining()));
    sha.update(bytes);
  }

  /** The text is not shown where it is refused: a salt may be a secret. */
  private static ByteBuffer utf8(String what, String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "%s of %d characters: must be well-formed, without half a surrogate pair"
              .formatted(what, text.length()),
          e);
    }
  }
}
