/**
 * The contract: pages, keys, outcomes, and {@link io.hicache.HiCacheStorage}, the store itself.
 *
 * <p>{@link io.hicache.HiCacheStorages#open} opens a store by its backend's name. No argument may
 * be null: one that is gets a {@link java.lang.NullPointerException} that names it.
 */
@NullMarked
package io.hicache;

import org.jspecify.annotations.NullMarked;
