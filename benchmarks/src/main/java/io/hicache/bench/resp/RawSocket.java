package io.hicache.bench.resp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A bare socket to the server and the least of RESP that moving pages of one known length needs:
 * every reply is as foretold, or the trial fails.
 */
final class RawSocket implements Closeable {
  private static final int COMMANDS = 64 << 10;
  private static final int LINE = 64;
  private static final byte[] END = {'\r', '\n'};

  private final SocketChannel channel;
  private final ByteBuffer commands = ByteBuffer.allocateDirect(COMMANDS);
  private final ByteBuffer line = ByteBuffer.allocateDirect(LINE);

  RawSocket(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  SocketChannel channel() {
    return channel;
  }

  /** Puts a command, or a part of one, to what {@link #send} sends. */
  void put(byte[] command) throws IOException {
    if (commands.remaining() < command.length) {
      send();
    }
    commands.put(command);
  }

  /** Sends what was put. */
  void send() throws IOException {
    commands.flip();
    writeFully(commands);
    commands.clear();
  }

  void writeFully(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      channel.write(source);
    }
  }

  /** Reads a reply that must be these bytes. */
  void expect(byte[] reply) throws IOException {
    line.clear().limit(reply.length);
    readFully(line);
    compare(reply);
  }

  /** Returns the buffer for the line behind a page, of so many bytes; then {@link #compare}. */
  ByteBuffer line(int bytes) {
    return line.clear().limit(bytes);
  }

  /** Holds what is in the line's buffer to what it must be. */
  void compare(byte[] expected) throws IOException {
    for (int i = 0; i < expected.length; i++) {
      if (line.get(i) != expected[i]) {
        throw new IOException(
            "the server answered something else than "
                + new String(expected, StandardCharsets.US_ASCII).strip());
      }
    }
  }

  /** Asks for something whose reply is one line, and returns that. */
  String ask(String... words) throws IOException {
    put(command(words));
    send();
    StringBuilder reply = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (reply.indexOf("\r\n") < 0) {
      readFully(one.clear());
      reply.append((char) one.get(0));
    }
    return reply.substring(0, reply.length() - END.length);
  }

  void readFully(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new EOFException("the server hung up");
      }
    }
  }

  /** Encodes a command of ASCII words. */
  static byte[] command(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return ascii(command.toString());
  }

  /** Encodes a SET up to its value, which is to follow. */
  static byte[] headOfSet(String key, long bytes) {
    return ascii("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + bytes + "\r\n");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
