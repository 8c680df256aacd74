package dev.tollgate.domain.identity;

/** What a user may do in the console and the admin API. */
public enum Role {
    ADMIN,
    USER
}
