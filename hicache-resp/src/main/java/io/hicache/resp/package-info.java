/**
 * A client for RESP2, the protocol of Valkey and Redis, whose only job is moving pages: {@link
 * io.hicache.resp.RespStorage} is the storage, to stand behind the guard.
 */
@NullMarked
package io.hicache.resp;

import org.jspecify.annotations.NullMarked;
