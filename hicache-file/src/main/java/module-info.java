/**
 * Pages in a local directory: the embedded default. {@link io.hicache.file} is what users see; the
 * engine behind it is for this library's own backends.
 */
module io.hicache.file {
  requires transitive io.hicache;
  requires io.hicache.ffm;
  requires static org.jspecify;

  exports io.hicache.file;

  provides io.hicache.spi.HiCacheStorageProvider with
      io.hicache.file.FileStorageProvider;
}
