/** Tests of the command, most of them over a store in memory. */
@NullMarked
package io.hicache.cli;

import org.jspecify.annotations.NullMarked;
