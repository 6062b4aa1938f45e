/**
 * What the author of a backend adds to or builds on: the provider that {@link
 * java.util.ServiceLoader} finds, typed options, the namespace of stored pages, object names, and
 * the guard that stands in front of every backend.
 */
@NullMarked
package io.hicache.spi;

import org.jspecify.annotations.NullMarked;
