/**
 * Compression and encryption of pages, for backends that store bytes: off-heap in and out, with a
 * header by which a stored page describes itself.
 */
@SuppressWarnings("requires-automatic") // lz4-java has a name in its manifest, but no descriptor
module io.hicache.codec {
  requires transitive io.hicache;
  requires com.github.luben.zstd_jni;
  requires org.lz4.java;
  requires static org.jspecify;

  exports io.hicache.codec;
}
