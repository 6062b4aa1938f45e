/** Suite {@code hash}: the page hash chain beside a bare {@link java.security.MessageDigest}. */
@NullMarked
package io.hicache.bench.hash;

import org.jspecify.annotations.NullMarked;
