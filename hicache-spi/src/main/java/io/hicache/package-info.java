/**
 * The contract: pages, keys, outcomes, and {@link io.hicache.HiCacheStorage}, the store itself.
 *
 * <p>{@link io.hicache.HiCacheStorages#open} opens a store by its backend's name.
 */
@NullMarked
package io.hicache;

import org.jspecify.annotations.NullMarked;
