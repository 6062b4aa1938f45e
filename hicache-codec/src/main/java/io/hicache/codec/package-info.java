/**
 * Pages compressed and encrypted one by one. A backend makes one {@link io.hicache.codec.PageCodec}
 * and a {@link io.hicache.codec.CodecWorkspace} per worker; a user sees {@link
 * io.hicache.codec.EncryptionKeys} and the options of {@link io.hicache.codec.CodecOptions}.
 */
@NullMarked
package io.hicache.codec;

import org.jspecify.annotations.NullMarked;
