/** A small engine on a store; begin at {@link io.hicache.examples.Engine}. */
@org.jspecify.annotations.NullMarked
package io.hicache.examples;
