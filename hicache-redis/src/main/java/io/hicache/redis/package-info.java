/**
 * Pages in a Redis server. {@link io.hicache.redis.RedisConfig} lists the options, {@link
 * io.hicache.redis.RedisStorageProvider} is what the loader finds.
 */
@NullMarked
package io.hicache.redis;

import org.jspecify.annotations.NullMarked;
