package dev.tollgate.application.alert;

import java.time.Instant;

/**
 * An alert on its way to a webhook.
 *
 * @param id the same for every attempt, so that a receiver can tell what it has
 * @param attempts how many there were
 * @param dueAt when the next one is to be made; microseconds
 */
public record Delivery(long id, Webhook webhook, Alert alert, int attempts, Instant dueAt) {}
