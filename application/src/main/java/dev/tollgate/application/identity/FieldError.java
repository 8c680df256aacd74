package dev.tollgate.application.identity;

/** What is wrong with one field of what was sent in. */
public record FieldError(String field, String message) {}
