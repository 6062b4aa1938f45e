/** The contract of a page store as JUnit tests, for a backend to extend. */
@NullMarked
package io.hicache.tck;

import org.jspecify.annotations.NullMarked;
