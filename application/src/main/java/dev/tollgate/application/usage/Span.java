package dev.tollgate.application.usage;

import java.time.Instant;

/** A stretch of time, half-open. */
public record Span(Instant from, Instant until) {
    public Span {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a span ends after it starts: " + from + " to " + until);
        }
    }
}
