/** Requests for responses told in nobody's dialect, and answers told as responses. */
@NullMarked
package dev.tollgate.web.relay.openai.responses;

import org.jspecify.annotations.NullMarked;
