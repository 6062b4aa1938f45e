/**
 * Pages in a Valkey server. {@link io.hicache.valkey.ValkeyConfig} lists the options, {@link
 * io.hicache.valkey.ValkeyStorageProvider} is what the loader finds.
 */
@NullMarked
package io.hicache.valkey;

import org.jspecify.annotations.NullMarked;
