package io.hicache.tck;

/** Keeps the exported package from being empty until its first class is here. */
final class Placeholder {
  private Placeholder() {}
}
