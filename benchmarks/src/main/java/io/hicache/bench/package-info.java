/**
 * Benchmarks by paired rounds: every contestant of a {@link io.hicache.bench.Cell} stands open in
 * one JVM, each round runs each once in random order, and a figure is the median of the rounds'
 * ratios. JMH gives the JVMs, the warm-up and the command line; {@link io.hicache.bench.Suites}
 * drives it and turns rounds into figures. A new suite is a {@link io.hicache.bench.Suite} named in
 * {@link io.hicache.bench.Catalog}.
 */
@NullMarked
package io.hicache.bench;

import org.jspecify.annotations.NullMarked;
