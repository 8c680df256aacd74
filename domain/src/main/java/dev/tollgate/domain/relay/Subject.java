package dev.tollgate.domain.relay;

/** Whatever has windows: a user's package, a user's credit, a user, a key. */
public record Subject(SubjectKind kind, long id) {}
