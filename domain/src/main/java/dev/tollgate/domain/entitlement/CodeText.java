package dev.tollgate.domain.entitlement;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A redeem code as its holder has it: 25 characters (125 bits) in five groups, {@code 7K3QX-…}.
 *
 * <p>The alphabet leaves out what is taken for something else when it is read out or typed: no I, L, O or U.
 */
public record CodeText(String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 5;
    private static final int CHARACTERS = GROUPS * GROUP_LENGTH;
    private static final int LAST = 4;

    /** Longer inputs are no code, however they are spaced. */
    private static final int INPUT_LENGTH_MAX = 100;

    public CodeText {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("not a well-formed code");
        }
    }

    /** A new code; {@code random} gives a uniformly random whole number from 0 (inclusive) to its argument (exclusive). */
    public static CodeText generate(IntUnaryOperator random) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CHARACTERS; i++) {
            code.append(ALPHABET.charAt(random.applyAsInt(ALPHABET.length())));
        }
        return new CodeText(grouped(code.toString()));
    }

    /** Reads what somebody typed: case, dashes and spaces do not matter, O is 0, I and L are 1. Empty if it is no code. */
    public static Optional<CodeText> read(String typed) {
        if (typed.length() > INPUT_LENGTH_MAX) {
            return Optional.empty();
        }
        String bare = bare(typed)
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        String grouped = grouped(bare);
        return isWellFormed(grouped) ? Optional.of(new CodeText(grouped)) : Optional.empty();
    }

    /** What may be shown later: the first group. */
    public String prefix() {
        return text.substring(0, GROUP_LENGTH);
    }

    public String last4() {
        return text.substring(text.length() - LAST);
    }

    @Override
    public String toString() {
        return prefix() + "-…";
    }

    private static boolean isWellFormed(String text) {
        String bare = bare(text);
        return bare.length() == CHARACTERS
                && bare.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && text.equals(grouped(bare));
    }

    private static String bare(String typed) {
        StringBuilder bare = new StringBuilder();
        typed.chars().filter(c -> c != '-' && !Character.isWhitespace(c)).forEach(c -> bare.append((char) c));
        return bare.toString();
    }

    private static String grouped(String bare) {
        if (bare.length() != CHARACTERS) {
            return "";
        }
        StringBuilder grouped = new StringBuilder(bare.substring(0, GROUP_LENGTH));
        for (int group = 1; group < GROUPS; group++) {
            grouped.append('-').append(bare, group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH);
        }
        return grouped.toString();
    }
}
