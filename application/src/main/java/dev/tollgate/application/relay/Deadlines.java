package dev.tollgate.application.relay;

import java.time.Duration;

/**
 * How long an attempt may take.
 *
 * @param firstByte from the request's last byte to the answer's first
 * @param silence between two bytes of an answer
 * @param whole from the call's acceptance to its end
 * @param drain how long an answer is still read for its usage after the caller left; zero cancels at once
 */
public record Deadlines(Duration connect, Duration firstByte, Duration silence, Duration whole, Duration drain) {}
