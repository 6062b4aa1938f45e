package io.hicache.bench.resp;

import glide.api.GlideClient;
import glide.api.models.GlideString;
import glide.api.models.configuration.GlideClientConfiguration;
import glide.api.models.configuration.NodeAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** valkey-glide, which is given the time that its default would not. */
final class GlidePeer implements Peer {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final GlideClient client;

  GlidePeer(int port) throws IOException {
    client =
        await(
            GlideClient.createClient(
                GlideClientConfiguration.builder()
                    .address(NodeAddress.builder().host("127.0.0.1").port(port).build())
                    .requestTimeout(TIMEOUT_MILLIS)
                    .build()));
  }

  @Override
  public List<byte[]> getTogether(List<byte[]> keys) throws IOException {
    GlideString[] names = keys.stream().map(GlideString::of).toArray(GlideString[]::new);
    return Arrays.stream(await(client.mget(names))).map(GlideString::getBytes).toList();
  }

  @Override
  public List<byte[]> getEach(List<byte[]> keys) throws IOException {
    List<CompletableFuture<GlideString>> futures = new ArrayList<>();
    keys.forEach(key -> futures.add(client.get(GlideString.of(key))));
    List<byte[]> values = new ArrayList<>();
    for (CompletableFuture<GlideString> future : futures) {
      values.add(await(future).getBytes());
    }
    return values;
  }

  @Override
  public void setEach(List<byte[]> keys, List<byte[]> values) throws IOException {
    List<CompletableFuture<String>> futures = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      futures.add(client.set(GlideString.of(keys.get(i)), GlideString.of(values.get(i))));
    }
    for (CompletableFuture<String> future : futures) {
      await(future);
    }
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("glide: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (ExecutionException e) {
      throw new IllegalStateException("glide cannot be closed", e);
    }
  }
}
