/** Pages in a Valkey server: {@link io.hicache.valkey} is what users see. */
module io.hicache.valkey {
  requires transitive io.hicache;
  requires io.hicache.resp;
  requires static org.jspecify;

  exports io.hicache.valkey;

  provides io.hicache.spi.HiCacheStorageProvider with
      io.hicache.valkey.ValkeyStorageProvider;
}
