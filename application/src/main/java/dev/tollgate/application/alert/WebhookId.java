package dev.tollgate.application.alert;

/** Names a webhook. */
public record WebhookId(long value) {}
