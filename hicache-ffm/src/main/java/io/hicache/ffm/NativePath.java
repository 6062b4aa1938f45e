package io.hicache.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A path as the C library takes it: a directory's bytes, whatever the process's locale makes of
 * them, and what is below it in UTF-8, as Python writes it.
 *
 * @param directory where names begin
 * @param name what is below it, which may have directories in it; empty for the directory itself
 */
public record NativePath(Directory directory, String name) {

  /** A directory's path, its bytes found once. Thread-safe. */
  public static final class Directory {
    private final Path path;
    private final byte[] bytes;

    /**
     * Takes a directory of the default file system.
     *
     * @param path where it is
     */
    public Directory(Path path) {
      this.path = path;
      this.bytes = bytes(path.toUri());
    }

    /**
     * Names what is below it.
     *
     * @param name one name or several, divided by {@code /}
     */
    public NativePath resolve(String name) {
      return new NativePath(this, name);
    }

    /** Returns the bytes that a URI of a file escapes, with a slash at the end. */
    private static byte[] bytes(URI uri) {
      String raw = uri.getRawPath();
      byte[] bytes = new byte[raw.length() + 1];
      int length = 0;
      for (int i = 0; i < raw.length(); i++) {
        boolean escaped = raw.charAt(i) == '%';
        bytes[length++] =
            (byte) (escaped ? HexFormat.fromHexDigits(raw, i + 1, i + 3) : raw.charAt(i));
        i += escaped ? 2 : 0;
      }
      if (bytes[length - 1] != '/') {
        bytes[length++] = '/';
      }
      return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Writes the path and a zero.
   *
   * @throws NativeIOException {@code ENAMETOOLONG} if there is no room
   */
  MemorySegment write(MemorySegment target) throws NativeIOException {
    byte[] prefix = directory.bytes;
    byte[] rest = name.getBytes(StandardCharsets.UTF_8);
    if (prefix.length + rest.length >= target.byteSize()) {
      throw new NativeIOException("use " + this, Errno.ENAMETOOLONG);
    }
    MemorySegment.copy(prefix, 0, target, ValueLayout.JAVA_BYTE, 0, prefix.length);
    MemorySegment.copy(rest, 0, target, ValueLayout.JAVA_BYTE, prefix.length, rest.length);
    target.set(ValueLayout.JAVA_BYTE, (long) prefix.length + rest.length, (byte) 0);
    return target;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? directory.toString() : directory + "/" + name;
  }
}
