package io.hicache.pool;

/**
 * Bytes from one index to the next along each axis of a page; rows are contiguous.
 *
 * @param half from the keys to the values
 * @param layer from one layer to the next
 * @param token from one token to the next
 * @param head from one head to the next
 */
public record Strides(long half, long layer, long token, long head) {}
