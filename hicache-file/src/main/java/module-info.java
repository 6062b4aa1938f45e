/** Pages in a local directory: the embedded default. */
module io.hicache.file {
  requires transitive io.hicache;
  requires static org.jspecify;

  exports io.hicache.file;
}
