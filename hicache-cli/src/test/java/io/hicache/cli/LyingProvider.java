package io.hicache.cli;

import io.hicache.HiCacheStorage;
import io.hicache.HostPart;
import io.hicache.Page;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import io.hicache.spi.Providers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * "lying": the file backend, but the last byte of every batch read is wrong and said to be right.
 */
public final class LyingProvider implements HiCacheStorageProvider {
  @Override
  public String name() {
    return "lying";
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    return Providers.find("file").diagnose(config);
  }

  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    return Providers.find("file").namespaces(config);
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    return lying(Providers.find("file").open(config));
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    return lying(Providers.find("file").open(config, record));
  }

  private static HiCacheStorage lying(HiCacheStorage real) {
    return (HiCacheStorage)
        Proxy.newProxyInstance(
            LyingProvider.class.getClassLoader(),
            new Class<?>[] {HiCacheStorage.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("batchGet") && arguments[0] instanceof List<?> pages) {
                  spoil((Page) pages.getLast());
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private static void spoil(Page page) {
    MemorySegment last = ((HostPart) page.parts().getLast()).segment();
    long offset = last.byteSize() - 1;
    byte right = last.get(ValueLayout.JAVA_BYTE, offset);
    last.set(ValueLayout.JAVA_BYTE, offset, (byte) (right ^ 0x10));
  }
}
