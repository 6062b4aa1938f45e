package io.hicache.resp;

import io.hicache.Region;
import io.hicache.Registration;

/**
 * Memory that was taken down and no more: a socket pins nothing.
 *
 * @param region the memory
 */
record UnpinnedRegistration(Region region) implements Registration {
  @Override
  public void close() {}
}
