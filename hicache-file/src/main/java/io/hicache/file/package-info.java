/**
 * Pages in a local directory: the embedded default. {@link io.hicache.file.FileConfig} lists the
 * options, {@link io.hicache.file.FileStorageProvider} is what the loader finds.
 */
@NullMarked
package io.hicache.file;

import org.jspecify.annotations.NullMarked;
