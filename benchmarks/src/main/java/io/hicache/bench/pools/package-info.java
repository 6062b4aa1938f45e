/**
 * Suite {@code pools}: what host pools cost: pages by slot to and from files, the parts of a page,
 * other layouts, and the question which prefix several pools can restore.
 */
@NullMarked
package io.hicache.bench.pools;

import org.jspecify.annotations.NullMarked;
