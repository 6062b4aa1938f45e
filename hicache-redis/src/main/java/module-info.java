/** Pages in a Redis server: {@link io.hicache.redis} is what users see. */
module io.hicache.redis {
  requires transitive io.hicache;
  requires io.hicache.resp;
  requires static org.jspecify;

  exports io.hicache.redis;

  provides io.hicache.spi.HiCacheStorageProvider with
      io.hicache.redis.RedisStorageProvider;
}
