/**
 * Suite {@code resp}: pages to and from a Redis or a Valkey on this machine, beside bare sockets
 * and the clients that a user would pick instead.
 */
@NullMarked
package io.hicache.bench.resp;

import org.jspecify.annotations.NullMarked;
