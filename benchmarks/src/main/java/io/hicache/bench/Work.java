package io.hicache.bench;

/**
 * What a run did. Only what is done counts.
 *
 * @param pages how many pages were asked for
 * @param done how many of them were read, written or hashed
 * @param amount how much those are, in the cell's {@link Unit}
 */
public record Work(int pages, int done, long amount) {}
