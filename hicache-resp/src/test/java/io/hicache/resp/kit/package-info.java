/** Real servers, and a relay that misbehaves, for the tests of this module and its backends. */
@NullMarked
package io.hicache.resp.kit;

import org.jspecify.annotations.NullMarked;
