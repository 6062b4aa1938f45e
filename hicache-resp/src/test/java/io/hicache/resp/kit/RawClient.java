package io.hicache.resp.kit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that knows nothing of the library's, to look at a server behind its back. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Sends a command and returns the reply's first line. */
  public String ask(byte[]... words) throws IOException {
    String head = "*" + words.length + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    for (byte[] word : words) {
      socket
          .getOutputStream()
          .write(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(word);
      socket.getOutputStream().write('\r');
      socket.getOutputStream().write('\n');
    }
    return line();
  }

  /** Returns a value; empty if it is not there. */
  public byte[] get(String key) throws IOException {
    String head = ask(ascii("GET"), ascii(key));
    int length = Integer.parseInt(head.substring(1));
    byte[] value = new byte[Math.max(0, length)];
    in.readFully(value);
    if (length >= 0) {
      in.skipNBytes(2);
    }
    return value;
  }

  /** Stores a value. */
  public void set(String key, byte[] value) throws IOException {
    String reply = ask(ascii("SET"), ascii(key), value);
    if (!reply.equals("+OK")) {
      throw new IOException(reply);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.ISO_8859_1);
  }
}
