/**
 * One file per page: names, records, reads, writes and the threads that do them. Knows nothing of
 * options; {@link io.hicache.file} reads those.
 */
@NullMarked
package io.hicache.file.engine;

import org.jspecify.annotations.NullMarked;
