/**
 * The one module that calls restricted methods, so that users grant native access to it alone:
 * {@code --enable-native-access=io.hicache.ffm}.
 */
@SuppressWarnings("module") // the modules this is exported to need not be here
module io.hicache.ffm {
  requires transitive io.hicache;
  requires static org.jspecify;

  exports io.hicache.ffm to
      io.hicache.file,
      io.hicache.juicefs,
      io.hicache.nixl,
      io.hicache.memkv;

  provides io.hicache.spi.HostMemoryAllocator with
      io.hicache.ffm.HugePageAllocator;
}
