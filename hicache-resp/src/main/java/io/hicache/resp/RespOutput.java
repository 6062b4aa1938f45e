package io.hicache.resp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes commands of RESP2 through a small buffer. Not thread-safe. */
final class RespOutput {
  private static final int CAPACITY = 16 << 10;

  /** Bytes of the longest number with its sign, type and end of line, and to spare. */
  private static final int LINE = 32;

  private final Wire wire;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

  RespOutput(Wire wire) {
    this.wire = wire;
  }

  /** Writes a command of words. */
  RespOutput command(String... words) throws IOException {
    begin(words.length);
    for (String word : words) {
      word(word);
    }
    return this;
  }

  /** Begins a command of so many words. */
  void begin(int words) throws IOException {
    line('*', words);
  }

  /** Writes a word in UTF-8. */
  void word(String word) throws IOException {
    word(word.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a word of any bytes. */
  void word(byte[] word) throws IOException {
    line('$', word.length);
    for (int at = 0; at < word.length; ) {
      ensure(1);
      int moved = Math.min(buffer.remaining(), word.length - at);
      buffer.put(word, at, moved);
      at += moved;
    }
    ensure(2);
    buffer.put((byte) '\r').put((byte) '\n');
  }

  /** Writes bytes that are words already. */
  void raw(byte[] words) throws IOException {
    ensure(words.length);
    buffer.put(words);
  }

  /** Writes bytes, copied. */
  void bytes(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      ensure(1);
      int moved = Math.min(buffer.remaining(), source.remaining());
      buffer.put(buffer.position(), source, source.position(), moved);
      buffer.position(buffer.position() + moved);
      source.position(source.position() + moved);
    }
  }

  /** Writes the line before a word whose bytes go past this buffer. */
  void beginWord(long bytes) throws IOException {
    line('$', bytes);
  }

  /** Returns what is to be written before a page's bytes; then {@link #headWritten}. */
  ByteBuffer head() {
    return buffer.flip();
  }

  /** Forgets what {@link #head} returned. */
  void headWritten() {
    buffer.clear();
  }

  /** Sends what is in the buffer. */
  void flush() throws IOException {
    buffer.flip();
    try {
      wire.write(buffer);
    } finally {
      buffer.clear();
    }
  }

  private void line(char type, long number) throws IOException {
    ensure(LINE);
    buffer.put((byte) type);
    buffer.put(Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
    buffer.put((byte) '\r').put((byte) '\n');
  }

  private void ensure(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }
}
