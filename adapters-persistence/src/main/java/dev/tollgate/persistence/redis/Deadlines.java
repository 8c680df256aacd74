package dev.tollgate.persistence.redis;

import java.time.Duration;

/**
 * How long Redis is waited for.
 *
 * @param resend after this a reservation is sent again under its id
 * @param reserve after this a reservation is given up
 * @param settle after this the journal counts
 * @param call any other step of a call
 * @param background what no call waits for; seeding a cold counter too
 */
public record Deadlines(Duration resend, Duration reserve, Duration settle, Duration call, Duration background) {
    public static final Deadlines USUAL = new Deadlines(
            Duration.ofMillis(50),
            Duration.ofMillis(250),
            Duration.ofMillis(50),
            Duration.ofMillis(250),
            Duration.ofSeconds(2));
}
