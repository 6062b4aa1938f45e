/** From rounds to figures: the median, how sure it is, and whether it meets its target. */
@NullMarked
package io.hicache.bench.stats;

import org.jspecify.annotations.NullMarked;
