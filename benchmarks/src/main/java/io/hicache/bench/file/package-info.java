/**
 * Suite {@code file}: batched reads and writes of the file backend in the page cache, beside bare
 * {@link java.nio.channels.FileChannel}s.
 */
@NullMarked
package io.hicache.bench.file;

import org.jspecify.annotations.NullMarked;
