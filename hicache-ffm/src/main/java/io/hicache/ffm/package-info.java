/** Native libraries and functions, the process's environment, and files by descriptor. */
@NullMarked
package io.hicache.ffm;

import org.jspecify.annotations.NullMarked;
