/** The dialect of Google's Gemini API. */
@NullMarked
package dev.tollgate.web.relay.gemini;

import org.jspecify.annotations.NullMarked;
