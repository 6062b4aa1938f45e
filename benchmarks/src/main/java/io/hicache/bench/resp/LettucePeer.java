package io.hicache.bench.resp;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lettuce with arrays, over epoll where there is one, with pooled buffers of up to 16 MiB. */
final class LettucePeer implements Peer {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  static {
    System.setProperty("io.netty.allocator.type", "pooled");
    System.setProperty("io.netty.allocator.maxOrder", "11");
  }

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  LettucePeer(int port) {
    client =
        RedisClient.create(
            RedisURI.builder().withHost("127.0.0.1").withPort(port).withTimeout(TIMEOUT).build());
    connection = client.connect(ByteArrayCodec.INSTANCE);
  }

  @Override
  public List<byte[]> getTogether(List<byte[]> keys) {
    List<KeyValue<byte[], byte[]>> values = connection.sync().mget(keys.toArray(byte[][]::new));
    return values.stream().map(KeyValue::getValue).toList();
  }

  @Override
  public List<byte[]> getEach(List<byte[]> keys) throws IOException {
    List<RedisFuture<byte[]>> futures = new ArrayList<>();
    keys.forEach(key -> futures.add(connection.async().get(key)));
    List<byte[]> values = new ArrayList<>();
    for (RedisFuture<byte[]> future : futures) {
      values.add(await(future));
    }
    return values;
  }

  @Override
  public void setEach(List<byte[]> keys, List<byte[]> values) throws IOException {
    List<RedisFuture<String>> futures = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      futures.add(connection.async().set(keys.get(i), values.get(i)));
    }
    for (RedisFuture<String> future : futures) {
      await(future);
    }
  }

  private static <T> T await(RedisFuture<T> future) throws IOException {
    try {
      return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("lettuce: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, TIMEOUT);
  }
}
