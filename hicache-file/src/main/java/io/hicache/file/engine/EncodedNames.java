package io.hicache.file.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * File names as UTF-8, which is how Python writes them, whatever the process's locale is.
 *
 * <p>Java turns a path's text into bytes by the locale ({@code sun.jnu.encoding}), and in {@code
 * LANG=C} has none for a model's name of other letters. A URI holds the bytes themselves.
 */
final class EncodedNames {
  private static final boolean UTF_8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private EncodedNames() {}

  /** Returns what is called so below a directory. */
  static Path resolve(Path directory, String path) {
    return UTF_8 || isAscii(path) ? directory.resolve(path) : resolveEncoded(directory, path);
  }

  /** Returns a file's own name. */
  static String nameOf(Path file) {
    String text = String.valueOf(file.getFileName());
    return UTF_8 || isAscii(text) ? text : decoded(file);
  }

  /** As {@link #resolve}, by the bytes. */
  static Path resolveEncoded(Path directory, String path) {
    StringBuilder uri = new StringBuilder(directory.toUri().getRawPath());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      if (each == '/') {
        uri.append('/');
      } else {
        uri.append('%').append(HEX.toHexDigits(each));
      }
    }
    return Path.of(URI.create("file://" + uri));
  }

  /** As {@link #nameOf}, by the bytes. */
  static String decoded(Path file) {
    String raw = file.toUri().getRawPath();
    String path = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    String last = path.substring(path.lastIndexOf('/') + 1);
    byte[] bytes = new byte[last.length()];
    int length = 0;
    for (int i = 0; i < last.length(); i++) {
      boolean escaped = last.charAt(i) == '%';
      bytes[length++] =
          (byte) (escaped ? HexFormat.fromHexDigits(last, i + 1, i + 3) : last.charAt(i));
      i += escaped ? 2 : 0;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7E) {
        return false;
      }
    }
    return true;
  }
}
