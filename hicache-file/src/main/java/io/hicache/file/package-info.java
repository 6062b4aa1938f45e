/** Pages in a local directory: the embedded default. */
@NullMarked
package io.hicache.file;

import org.jspecify.annotations.NullMarked;
