package dev.tollgate.application.pricing;

/** What is wrong with one field of an entry. */
public record FieldError(String field, String message) {}
