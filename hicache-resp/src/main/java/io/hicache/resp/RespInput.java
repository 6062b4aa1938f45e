package io.hicache.resp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies of RESP2. Lines and small strings go through a buffer of its own; a page's bytes do
 * not, but for the few that came along with the line before them.
 *
 * <p>Allocates only what the caller allowed, whatever the peer claims. Not thread-safe.
 */
final class RespInput {
  /** Bytes of the buffer: 64 KiB. */
  static final int CAPACITY = 64 << 10;

  /** Bytes of a line's end: 2. */
  static final int END = 2;

  /** Longest line: an error's text, or a number. */
  static final int MAX_LINE = 4 << 10;

  private static final int MAX_DIGITS = 18;
  private static final int RADIX = 10;

  private final Wire wire;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).limit(0);
  private int ahead = CAPACITY;
  private long number;
  private String text = "";

  RespInput(Wire wire) {
    this.wire = wire;
  }

  /** Returns how long the line is that announces so many bytes, at least one. */
  static int line(long bytes) {
    int digits = 1;
    for (long least = RADIX; bytes >= least; least *= RADIX) {
      digits++;
    }
    return 1 + digits + END;
  }

  /** Says how many bytes may be read at once beyond what is asked for. */
  void readAhead(int bytes) {
    ahead = bytes;
  }

  /**
   * Reads a reply's first line.
   *
   * @return its type: {@code +} and {@code -} leave a text, {@code :}, {@code $} and {@code *} a
   *     number
   */
  char begin() throws IOException {
    int end = lineEnd();
    char type = (char) buffer.get();
    switch (type) {
      case '+', '-' -> text = ascii(end);
      case ':', '$', '*' -> number = digits(end);
      default -> throw new ProtocolBreach("a reply of type 0x%02x".formatted((int) type));
    }
    buffer.position(end + 2);
    if ((type == '$' || type == '*') && number < -1) {
      throw new ProtocolBreach("a length of " + number);
    }
    return type;
  }

  /** Returns the number of the line read last: value, length or count; −1 for a null. */
  long number() {
    return number;
  }

  /** Returns the text of the line read last. */
  String text() {
    return text;
  }

  /** Reads the bytes of a string whose line has been read, and the line's end behind them. */
  byte[] string(int most) throws IOException {
    if (number < 0 || number > most) {
      throw new ProtocolBreach("a string of %d bytes where %d are allowed".formatted(number, most));
    }
    byte[] bytes = new byte[(int) number];
    for (int at = 0; at < bytes.length; ) {
      need(1);
      int moved = Math.min(buffer.remaining(), bytes.length - at);
      buffer.get(bytes, at, moved);
      at += moved;
    }
    endOfString();
    return bytes;
  }

  /** Reads bytes and forgets them. */
  void skip(long bytes, @Nullable CRC32C checksum) throws IOException {
    int before = ahead;
    ahead = CAPACITY;
    for (long left = bytes; left > 0; ) {
      need(1);
      int moved = (int) Math.min(buffer.remaining(), left);
      int end = buffer.limit();
      buffer.limit(buffer.position() + moved);
      if (checksum == null) {
        buffer.position(buffer.limit());
      } else {
        checksum.update(buffer);
      }
      buffer.limit(end);
      left -= moved;
    }
    ahead = before;
  }

  /** Fills a small buffer. */
  void read(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      need(1);
      copyTo(target);
    }
  }

  /** Reads the end of the line behind a string's bytes. */
  void endOfString() throws IOException {
    need(2);
    if (buffer.get() != '\r' || buffer.get() != '\n') {
      throw new ProtocolBreach("a string that does not end where it said");
    }
  }

  /** Tells whether bytes have come that nobody has read. */
  boolean hasBuffered() {
    return buffer.hasRemaining();
  }

  /** Moves buffered bytes, as many as there are and fit. */
  void copyTo(ByteBuffer target) {
    int moved = Math.min(buffer.remaining(), target.remaining());
    target.put(target.position(), buffer, buffer.position(), moved);
    target.position(target.position() + moved);
    buffer.position(buffer.position() + moved);
  }

  /** Returns the empty buffer, to be read into behind a page; then {@link #tailRead}. */
  ByteBuffer tail() {
    return buffer.clear().limit(ahead);
  }

  /** Takes what was read into {@link #tail}. */
  void tailRead() {
    buffer.flip();
    ahead = Math.max(1, ahead - buffer.limit());
  }

  private int lineEnd() throws IOException {
    for (int seen = 0; ; ) {
      for (; seen < buffer.remaining(); seen++) {
        int at = buffer.position() + seen;
        if (buffer.get(at) == '\n') {
          if (seen < 2 || buffer.get(at - 1) != '\r') {
            throw new ProtocolBreach("a line that does not end as one");
          }
          return at - 1;
        }
      }
      if (seen > MAX_LINE) {
        throw new ProtocolBreach("a line of more than %d bytes".formatted(MAX_LINE));
      }
      need(seen + 1);
    }
  }

  private void need(int bytes) throws IOException {
    while (buffer.remaining() < bytes) {
      buffer.compact();
      buffer.limit(Math.min(CAPACITY, buffer.position() + Math.max(ahead, bytes)));
      try {
        wire.read(buffer);
      } finally {
        buffer.flip();
      }
    }
  }

  private String ascii(int end) {
    byte[] bytes = new byte[end - buffer.position()];
    buffer.get(buffer.position(), bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private long digits(int end) throws ProtocolBreach {
    int at = buffer.position();
    boolean negative = buffer.get(at) == '-';
    at += negative ? 1 : 0;
    if (at == end || end - at > MAX_DIGITS) {
      throw new ProtocolBreach("a number of %d digits".formatted(end - at));
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = buffer.get(at) - '0';
      if (digit < 0 || digit > 9) {
        throw new ProtocolBreach("a number that is none");
      }
      value = RADIX * value + digit;
    }
    return negative ? -value : value;
  }
}
