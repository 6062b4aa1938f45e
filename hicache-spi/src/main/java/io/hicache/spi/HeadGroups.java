package io.hicache.spi;

/**
 * What a backend implements beside {@link io.hicache.HiCacheStorage} if its naming may lack names
 * for head groups, as SGLang's own do: under {@code tp-lcm-size} a page is then stored whole, by
 * rank, and shared by ranks of one tensor-parallel size alone.
 */
@FunctionalInterface
public interface HeadGroups {

  /** Tells whether each head group of a page can have a name. */
  boolean named();
}
