/** What is shown of a run: tables, JSON, Markdown and a plot, all of one {@link Report}. */
@NullMarked
package io.hicache.bench.report;

import org.jspecify.annotations.NullMarked;
