package io.hicache.codec;

/**
 * What a codec has done since it was made; each number is exact, but they are not of one instant.
 *
 * @param pages pages encoded
 * @param tried of these, on how many compression was tried
 * @param paid of these, how many it made at least 1/16 smaller
 * @param pageBytes bytes of the pages encoded
 * @param storedBytes bytes they became, headers included
 */
public record CodecStats(long pages, long tried, long paid, long pageBytes, long storedBytes) {}
