/** Gemini's generateContent for callers of other dialects: what is asked, and how the answer is understood. */
@NullMarked
package dev.tollgate.upstream.gemini.conversation;

import org.jspecify.annotations.NullMarked;
