package io.hicache.valkey;

import io.hicache.HiCacheStorage;
import io.hicache.StorageConfig;
import io.hicache.spi.Diagnosis;
import io.hicache.spi.HiCacheStorageProvider;
import io.hicache.spi.NamespaceRecord;
import java.util.List;

/**
 * Backend {@code valkey}: pages in one Valkey server, or one that speaks its protocol, one string
 * each, shared by any processes that can reach it. {@link ValkeyConfig} has its options.
 *
 * <ul>
 *   <li><b>Bytes.</b> Zero-copy between the socket and the caller's memory. A page's length is
 *       always checked, its CRC32C unless {@code checksum=off} or the naming is another program's.
 *       A damaged page is removed.
 *   <li><b>Ownership.</b> No buffer of page size; at most {@code window} bytes of pages under way.
 *   <li><b>Threads.</b> A call uses one connection, and a thread of the library's own for it;
 *       presence has connections of its own.
 *   <li><b>Lifetime.</b> A page is one key, so it is there whole or not at all. The server decides
 *       how long: see its {@code maxmemory} and persistence, and option {@code ttl}.
 *   <li><b>Failure.</b> A full server, a replica or a missing permission is {@code
 *       FAILED(refused)}; one that is gone is {@code FAILED(unavailable)}. A deadline closes the
 *       connection, and the call returns when its own system call has.
 * </ul>
 */
public final class ValkeyStorageProvider implements HiCacheStorageProvider {
  /** The backend's name. */
  public static final String NAME = "valkey";

  /** Called by {@link java.util.ServiceLoader}. */
  public ValkeyStorageProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Diagnosis diagnose(StorageConfig config) {
    return ValkeyConfig.BACKEND.diagnose(config);
  }

  /** Lists the records; there are none with another naming than the library's own. */
  @Override
  public List<NamespaceRecord> namespaces(StorageConfig config) {
    return ValkeyConfig.BACKEND.namespaces(config);
  }

  @Override
  public HiCacheStorage open(StorageConfig config) {
    return ValkeyConfig.BACKEND.open(config);
  }

  @Override
  public HiCacheStorage open(StorageConfig config, NamespaceRecord record) {
    return ValkeyConfig.BACKEND.open(config, record);
  }
}
