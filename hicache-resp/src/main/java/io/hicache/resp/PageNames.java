package io.hicache.resp;

import io.hicache.CallOptions;
import io.hicache.HiCacheException;
import io.hicache.PageKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the strings of pages are called in a server. Thread-safe. */
interface PageNames {
  /** Bytes of a digest in an id. */
  int ID_BYTES = 8;

  /**
   * Returns the key of the string with a page's bytes.
   *
   * @throws HiCacheException {@link io.hicache.FaultKind#REFUSED} if the page has no name here
   */
  String name(PageKey key);

  /**
   * Returns the naming of a call's pages.
   *
   * @param options the call's
   * @param first the first of its pages
   * @throws HiCacheException {@link io.hicache.FaultKind#REFUSED} if the call lacks what its pages'
   *     names need
   */
  default PageNames of(CallOptions options, PageKey first) {
    return this;
  }

  /** Tells whether every page has a name. */
  boolean nameAll();

  /** Returns the id of the namespace, or what stands for one in another program's naming. */
  String space();

  /** Returns a pattern of SCAN that the keys of all these pages match, and perhaps others'. */
  String pattern();

  /** Tells whether a key that matches the pattern is of a string of these pages. */
  boolean holds(String key);

  /** Tells whether a key that these pages hold is to be counted: one of each page's. */
  default boolean counts(String key) {
    return true;
  }

  /**
   * Makes an id of what keys begin with.
   *
   * @param naming whose naming it is
   * @param prefix what the keys of a rank's pages begin with
   */
  static String space(String naming, String prefix) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(prefix.getBytes(StandardCharsets.UTF_8));
      return naming + '-' + HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Writes what means something in a pattern so that it means itself. */
  static String escaped(String text) {
    return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
  }
}
