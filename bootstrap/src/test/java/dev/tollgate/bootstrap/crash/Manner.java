package dev.tollgate.bootstrap.crash;

import java.util.Locale;

/** How the scripted upstream answers a call. */
enum Manner {
    PROMPT,
    /** In pieces, over some seconds. */
    SLOW,
    /** An error at once, at each try. */
    FAILS,
    /** Nothing for longer than the caller waits. */
    HANGS,
    /** The connection ends in the middle of the answer. */
    CUT_OFF,
    /** Nothing more in the middle of the answer, and then the connection ends. */
    STALLS,
    /** In pieces, for longer than a call may take. */
    DRIPS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Manner of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a caller who stays gets a whole answer as long as nothing of ours is hit. */
    boolean isSound() {
        return this == PROMPT || this == SLOW;
    }
}
