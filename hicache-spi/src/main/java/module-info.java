/**
 * The contract of a KV-cache page store, the door that opens one by name, and what a backend's
 * author needs to add another.
 *
 * <p>{@link io.hicache} is what an inference server imports, {@link io.hicache.spi} what a backend
 * implements, {@link io.hicache.hash} the chain of page hashes that names pages, {@link
 * io.hicache.pool} the pools that pages lie in.
 */
module io.hicache {
  requires static org.jspecify;

  exports io.hicache;
  exports io.hicache.hash;
  exports io.hicache.pool;
  exports io.hicache.spi;

  uses io.hicache.spi.HiCacheStorageProvider;
  uses io.hicache.spi.HostMemoryAllocator;
}
