package dev.tollgate.domain.apikey;

/** Whether a key may be used now. */
public sealed interface KeyCheck {
    record Valid() implements KeyCheck {}

    record Disabled() implements KeyCheck {}

    record Expired() implements KeyCheck {}
}
