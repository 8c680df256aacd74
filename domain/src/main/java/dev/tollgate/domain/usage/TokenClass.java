package dev.tollgate.domain.usage;

/** The kinds of token that are priced apart. They are disjoint: no token is counted in two of them. */
public enum TokenClass {
    /** Fresh text input: neither read from nor written to a cache. */
    INPUT,
    AUDIO_INPUT,
    IMAGE_INPUT,
    CACHE_READ,
    /** Written to a cache for five minutes, or for a time the provider did not name. */
    CACHE_WRITE_5M,
    CACHE_WRITE_1H,
    /** Visible text output. */
    OUTPUT,
    REASONING,
    AUDIO_OUTPUT,
    IMAGE_OUTPUT
}
