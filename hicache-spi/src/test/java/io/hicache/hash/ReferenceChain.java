package io.hicache.hash;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The page hash a second time, as plainly as it can be said and with nothing of the first: every
 * unit is a list, every page a stream of single bytes and a digest of its own.
 */
final class ReferenceChain {
  private static final long MAX_NARROW = 4_294_967_295L;

  private ReferenceChain() {}

  /** Hashes units in pages of so many; a page that is not full is the last one. */
  static List<String> hashes(List<Long> tokens, int page, boolean bigram, @Nullable String prior) {
    List<List<Long>> units = units(tokens, bigram);
    List<String> hashes = new ArrayList<>();
    String before = prior;
    for (int start = 0; start < units.size(); start += page) {
      before = hash(units.subList(start, Math.min(start + page, units.size())), before);
      hashes.add(before);
    }
    return hashes;
  }

  static String whole(List<Long> tokens, boolean bigram, @Nullable String prior) {
    return hash(units(tokens, bigram), prior);
  }

  static @Nullable String seed(@Nullable String extraKey, @Nullable String cacheSalt) {
    if (extraKey == null && cacheSalt == null) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("sglang-cache-namespace-v1".getBytes(StandardCharsets.UTF_8));
    text(out, extraKey);
    text(out, cacheSalt);
    return sha256(out);
  }

  private static List<List<Long>> units(List<Long> tokens, boolean bigram) {
    if (!bigram) {
      return tokens.stream().map(List::of).toList();
    }
    return IntStream.range(1, tokens.size())
        .mapToObj(i -> List.of(tokens.get(i - 1), tokens.get(i)))
        .toList();
  }

  private static String hash(List<List<Long>> units, @Nullable String prior) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; prior != null && i < prior.length(); i += 2) {
      out.write(Integer.parseInt(prior.substring(i, i + 2), 16));
    }
    boolean wide = units.stream().flatMap(List::stream).anyMatch(id -> id > MAX_NARROW);
    if (wide) {
      out.write(255);
    }
    units.stream().flatMap(List::stream).forEach(id -> number(out, id, wide ? 8 : 4));
    return sha256(out);
  }

  private static void text(ByteArrayOutputStream out, @Nullable String text) {
    if (text == null) {
      out.write(0);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write(1);
    number(out, utf8.length, 8);
    out.writeBytes(utf8);
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) ((value >> (8 * i)) & 255));
    }
  }

  private static String sha256(ByteArrayOutputStream out) {
    try {
      StringBuilder hex = new StringBuilder();
      for (byte b : MessageDigest.getInstance("SHA-256").digest(out.toByteArray())) {
        hex.append("%02x".formatted(b));
      }
      return hex.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
