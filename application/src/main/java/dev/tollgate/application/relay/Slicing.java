package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Money;
import java.util.List;

/**
 * How a streamed call of a sliced payer is held: for its input and one slice of output at first, for one slice more
 * whenever the stream comes near the end of what is held.
 *
 * @param most the output bound of each answer, behind which nothing more need be held
 * @param choices how many answers are asked for
 * @param limits what each slice must fit: of payer, user and key
 */
record Slicing(HoldBound bound, long most, int choices, List<CostLimit> limits) {
    /** Output tokens of each answer that are held at a time. */
    static final long SLICE_TOKENS = 512;

    Slicing {
        limits = List.copyOf(limits);
    }

    /** What is held at first. */
    static Money first(HoldBound bound, long output) {
        return bound.covering(Math.min(output, SLICE_TOKENS));
    }

    /** What must be held for so many tokens of each answer. */
    Money covering(long ofEach) {
        return bound.covering(ofEach);
    }

    /** The next amount of tokens of each answer to be held, when all answers together came to {@code used}. */
    long next(long ofEach, long used) {
        long needed = (used + choices - 1) / choices;
        return Math.min(most, Math.max(ofEach, needed) + SLICE_TOKENS);
    }
}
