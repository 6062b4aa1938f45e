/** The contract of a page store as JUnit tests, for a backend to extend. */
module io.hicache.tck {
  requires transitive io.hicache;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports io.hicache.tck;

  // The groups of rules are no API: JUnit alone reaches into them.
  opens io.hicache.tck to
      org.junit.platform.commons;
}
