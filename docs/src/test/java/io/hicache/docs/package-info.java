/** Holds the documentation, and the structure of the modules, to their word. */
@NullMarked
package io.hicache.docs;

import org.jspecify.annotations.NullMarked;
