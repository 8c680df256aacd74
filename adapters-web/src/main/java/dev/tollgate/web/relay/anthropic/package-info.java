/** The dialect of Anthropic's API. */
@NullMarked
package dev.tollgate.web.relay.anthropic;

import org.jspecify.annotations.NullMarked;
