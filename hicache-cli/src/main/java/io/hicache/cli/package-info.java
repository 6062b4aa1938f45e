/** The {@code hicache} command: a store's operations by hand, a check of the machine, a demo. */
@NullMarked
package io.hicache.cli;

import org.jspecify.annotations.NullMarked;
