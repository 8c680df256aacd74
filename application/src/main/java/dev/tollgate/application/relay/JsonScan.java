package dev.tollgate.application.relay;

/** What came of looking through bytes for one JSON object. */
public sealed interface JsonScan permits JsonMembers, JsonScan.Malformed {
    /** Deepest nesting taken; the object itself is the first level. */
    int DEPTH_MAX = 64;

    /** Most keys taken, those of every level together. */
    int KEYS_MAX = 10_000;

    /**
     * The bytes are no JSON object we take.
     *
     * @param at the offset of the byte that cannot stand where it stands
     */
    record Malformed(String what, int at) implements JsonScan {}
}
