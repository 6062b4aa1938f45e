package io.hicache.bench.resp;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Jedis, with buffers as large as help it. */
final class JedisPeer implements Peer {
  private static final int TIMEOUT_MILLIS = 60_000;

  static {
    System.setProperty("jedis.bufferSize", Integer.toString(256 << 10));
  }

  private final Jedis jedis;

  JedisPeer(int port) {
    jedis = new Jedis("127.0.0.1", port, TIMEOUT_MILLIS);
  }

  @Override
  public List<byte[]> getTogether(List<byte[]> keys) {
    return jedis.mget(keys.toArray(byte[][]::new));
  }

  @Override
  public List<byte[]> getEach(List<byte[]> keys) {
    try (Pipeline pipeline = jedis.pipelined()) {
      List<Response<byte[]>> replies = new ArrayList<>();
      keys.forEach(key -> replies.add(pipeline.get(key)));
      pipeline.sync();
      return replies.stream().map(Response::get).toList();
    }
  }

  @Override
  public void setEach(List<byte[]> keys, List<byte[]> values) {
    try (Pipeline pipeline = jedis.pipelined()) {
      for (int i = 0; i < keys.size(); i++) {
        pipeline.set(keys.get(i), values.get(i));
      }
      for (Object reply : pipeline.syncAndReturnAll()) {
        if (reply instanceof Exception e) {
          throw new IllegalStateException("a SET failed", e);
        }
      }
    }
  }

  @Override
  public void close() {
    jedis.close();
  }
}
