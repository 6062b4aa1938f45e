/** A user's module that has two backends of its own, whose library may be missing. */
module consumer {
  requires io.hicache;
  requires static info.picocli;

  provides io.hicache.spi.HiCacheStorageProvider with
      consumer.LateProvider,
      consumer.LostProvider;
}
