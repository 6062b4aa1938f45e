/**
 * Host pools: where the pages of an inference engine's KV cache lie in memory, and how they are
 * reordered.
 *
 * <p><b>From slots to bytes.</b> An engine names a page by its first token slot. A {@link
 * io.hicache.pool.HostPool} turns it into the page's parts: the runs of memory whose bytes, one
 * after another, are the <em>flat page</em> that SGLang's {@code get_data_page} would copy out. So
 * a store that reads and writes parts moves the same bytes without that copy. Every run of every
 * shape is {@code offset + page × stride}, and so the parts of a page are arithmetic.
 *
 * <p><b>Shapes.</b> One record per kind of pool of SGLang 0.5.23: {@link io.hicache.pool.MhaShape},
 * {@link io.hicache.pool.MlaShape}, {@link io.hicache.pool.KeyOnlyShape}, {@link
 * io.hicache.pool.MambaShape}, {@link io.hicache.pool.IndexerShape}, {@link
 * io.hicache.pool.PagedRowsShape} and {@link io.hicache.pool.LogicalShape}. Three more describe
 * pools of which SGLang has no flat page and which no store keeps, {@link
 * io.hicache.pool.AsymmetricShape}, {@link io.hicache.pool.SplitLatentShape} and {@link
 * io.hicache.pool.UnifiedShape}: asking for one is refused by name. FP8 is an element of one byte,
 * a packed draft more layers, DCP a part of a page's tokens.
 *
 * <p><b>Layouts.</b> {@code layer_first} and {@code page_first_direct} have the same flat page;
 * {@code page_first} and {@code page_head} are permutations of it. A {@link
 * io.hicache.pool.Transcoder} goes between a pool of one layout and pages stored in another, or
 * between a rank's pages and those of a head group that servers of several tensor-parallel sizes
 * share ({@code tp_lcm_size}). It copies the longest runs that both orders keep together, through
 * {@link io.hicache.pool.PageBuffers}, and not at all where a stored page is whole runs of the
 * pool.
 */
@NullMarked
package io.hicache.pool;

import org.jspecify.annotations.NullMarked;
