package io.hicache.file;

import io.hicache.PageKey;
import io.hicache.PoolName;
import io.hicache.StorageConfig;
import io.hicache.tck.HiCacheStorageTck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept with SGLang's names, which hold less than the library's own. */
class SglangFileStorageTckTest extends HiCacheStorageTck {
  private static final String SUFFIX = "_tck-model_0_1.bin";

  @TempDir Path directory;

  @Override
  protected String backend() {
    return FileStorageProvider.NAME;
  }

  @Override
  protected StorageConfig config() {
    return StorageConfig.of("tck-model", "bfloat16", 64)
        .withOption("dir", directory.toString())
        .withOption("naming", "sglang");
  }

  @Override
  protected boolean recordsIdentity() {
    return false;
  }

  /** SGLang's suffix tells rank and size, not which heads. */
  @Override
  protected boolean sharesHeadGroups() {
    return false;
  }

  @Override
  protected boolean canName(PageKey key) {
    boolean kv = key.pool().equals(PoolName.KV);
    String name = key.value() + (kv ? "" : "." + key.pool()) + SUFFIX;
    return name.length() <= 255 && !(kv && key.value().matches(".+\\.[a-z][a-z0-9_]*"));
  }

  @Override
  protected boolean corrupt(PageKey key) throws IOException {
    try (FileChannel file = open(key)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, file.size() / 2);
      one.put(0, (byte) ~one.get(0)).flip();
      file.write(one, file.size() / 2);
    }
    return true;
  }

  @Override
  protected boolean truncate(PageKey key) throws IOException {
    try (FileChannel file = open(key)) {
      file.truncate(file.size() / 2);
    }
    return true;
  }

  private FileChannel open(PageKey key) throws IOException {
    return FileChannel.open(
        directory.resolve(key.value() + SUFFIX), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
