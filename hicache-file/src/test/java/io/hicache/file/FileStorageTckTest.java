package io.hicache.file;

import io.hicache.PageKey;
import io.hicache.StorageConfig;
import io.hicache.file.engine.FileNaming;
import io.hicache.spi.NamespaceRecord;
import io.hicache.tck.HiCacheStorageTck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept with content checked. */
class FileStorageTckTest extends HiCacheStorageTck {
  @TempDir Path directory;

  @Override
  protected String backend() {
    return FileStorageProvider.NAME;
  }

  @Override
  protected StorageConfig config() {
    return StorageConfig.of("tck-model", "bfloat16", 64)
        .withOption("dir", directory.toString())
        .withOption("native-io", Store.NATIVE_IO);
  }

  @Override
  protected boolean corrupt(PageKey key) throws IOException {
    try (FileChannel file =
        FileChannel.open(file(key), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long middle = file.size() / 2;
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, middle);
      one.put(0, (byte) ~one.get(0)).flip();
      file.write(one, middle);
    }
    return true;
  }

  @Override
  protected boolean truncate(PageKey key) throws IOException {
    try (FileChannel file = FileChannel.open(file(key), StandardOpenOption.WRITE)) {
      file.truncate((file.size() - 32) / 2);
    }
    return true;
  }

  private Path file(PageKey key) {
    NamespaceRecord record = NamespaceRecord.of(config(), Optional.empty());
    String name =
        new FileNaming(FileNaming.Sharing.RANK).objects(key, config().ranks(), "").get(0).name();
    return directory.resolve(record.id()).resolve(name);
  }
}
