package dev.tollgate.domain.relay;

/** The kinds of thing whose spending is counted in windows. */
public enum SubjectKind {
    PACKAGE,
    CREDIT,
    USER,
    KEY
}
