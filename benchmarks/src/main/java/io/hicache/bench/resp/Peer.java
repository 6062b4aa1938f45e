package io.hicache.bench.resp;

import java.io.IOException;
import java.util.List;

/** Another client, which knows pages as arrays on the heap. */
interface Peer extends AutoCloseable {
  /** Opens a peer. */
  interface Opening {
    Peer open(int port) throws IOException;
  }

  /** Reads some values by one command. */
  List<byte[]> getTogether(List<byte[]> keys) throws IOException;

  /** Reads some values by a command each, all sent before the first reply. */
  List<byte[]> getEach(List<byte[]> keys) throws IOException;

  /** Writes some values by a command each, all sent before the first reply. */
  void setEach(List<byte[]> keys, List<byte[]> values) throws IOException;

  @Override
  void close();
}
