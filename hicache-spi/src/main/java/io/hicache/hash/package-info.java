/** The chain of page hashes that names a prompt's pages, equal to SGLang's digit for digit. */
@NullMarked
package io.hicache.hash;

import org.jspecify.annotations.NullMarked;
