/**
 * Pages straight between a socket and the caller's memory, in the protocol that Valkey and Redis
 * speak: the transport behind backends {@code valkey} and {@code redis}, for them alone.
 */
module io.hicache.resp {
  requires transitive io.hicache;
  requires static org.jspecify;

  exports io.hicache.resp to
      io.hicache.redis,
      io.hicache.valkey;
}
