package dev.tollgate.bootstrap.crash;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call as it is planned: how it is asked, what the upstream is told to do and to report, and whether the caller
 * leaves. The prompt carries all of it, so that the upstream needs no other word of it.
 *
 * @param number names the call everywhere: in its prompt and as its user agent in the records
 * @param input tokens the upstream reports, fewer than the prompt has bytes
 * @param leaves where the caller goes
 */
record Wish(
        int number,
        boolean isMessages,
        boolean isStreamed,
        Family family,
        int input,
        int output,
        Manner manner,
        Leaving leaves) {
    static final int OUTPUT_BOUND = 300;
    static final String AGENT = "crash/";

    static final int INPUT_BOUND = 400;

    private static final int INPUT_MIN = 50;

    private static final int LEAVES_WITHIN_MILLIS = 400;
    private static final int PATIENCE_WITH_HANGING_MILLIS = 1500;
    private static final String PADDING = " Say something about the sea.".repeat(15);
    private static final Pattern SCRIPT = Pattern.compile("call=(\\d+) in=(\\d+) out=(\\d+) how=(\\w+)");

    /** Whose model it is: which format the upstream speaks. */
    enum Family {
        OPENAI,
        CLAUDE
    }

    /** What the upstream reads out of the prompt. */
    record Script(int call, int input, int output, Manner manner) {
        static Script in(String body) {
            Matcher found = SCRIPT.matcher(body);
            if (!found.find()) {
                throw new IllegalArgumentException("no script in " + body);
            }
            return new Script(
                    Integer.parseInt(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(3)),
                    Manner.of(found.group(4)));
        }
    }

    /** Draws one: nine of ten calls meet a sound upstream, one of ten callers leaves. */
    static Wish draw(int number, Random random) {
        Manner manner = manner(random.nextInt(100));
        boolean leaves = random.nextInt(10) == 0;
        Leaving leaving = manner == Manner.HANGS
                ? Leaving.after(PATIENCE_WITH_HANGING_MILLIS)
                : leaves ? Leaving.after(1 + random.nextInt(LEAVES_WITHIN_MILLIS)) : Leaving.NEVER;
        return draw(number, random, manner, leaving);
    }

    /** Draws one that is probably broken off: one of two calls meets a sound upstream, three of five callers leave. */
    static Wish drawFaulted(int number, Random random) {
        Leaving leaving = random.nextInt(5) < 3 ? Leaving.draw(random) : Leaving.NEVER;
        return draw(number, random, faulted(random.nextInt(100)), leaving);
    }

    /** A stream of some seconds whose caller stays. */
    static Wish lasting(int number) {
        return new Wish(number, false, true, Family.OPENAI, INPUT_MIN, 1, Manner.SLOW, Leaving.NEVER);
    }

    private static Wish draw(int number, Random random, Manner manner, Leaving leaving) {
        return new Wish(
                number,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Family.OPENAI : Family.CLAUDE,
                INPUT_MIN + random.nextInt(INPUT_BOUND - INPUT_MIN),
                1 + random.nextInt(OUTPUT_BOUND),
                manner,
                leaving);
    }

    private static Manner faulted(int percent) {
        if (percent < 50) {
            return percent < 38 ? Manner.PROMPT : Manner.SLOW;
        }
        if (percent < 74) {
            return percent < 62 ? Manner.FAILS : Manner.CUT_OFF;
        }
        if (percent < 86) {
            return Manner.HANGS;
        }
        return percent < 95 ? Manner.STALLS : Manner.DRIPS;
    }

    private static Manner manner(int percent) {
        if (percent < 84) {
            return Manner.PROMPT;
        }
        if (percent < 92) {
            return Manner.SLOW;
        }
        if (percent < 95) {
            return Manner.FAILS;
        }
        return percent < 96 ? Manner.HANGS : Manner.CUT_OFF;
    }

    /** Sound calls and others have accounts of their own, so that the others' penalties do not reach the sound ones. */
    String model() {
        return (manner.isSound() ? "steady-" : "shaky-") + family.name().toLowerCase(java.util.Locale.ROOT);
    }

    String path() {
        return isMessages ? "/v1/messages" : "/v1/chat/completions";
    }

    String body() {
        String usage = isStreamed && !isMessages ? "\"stream_options\":{\"include_usage\":true}," : "";
        return "{\"model\":\"" + model() + "\",\"max_tokens\":" + OUTPUT_BOUND + ",\"stream\":" + isStreamed + ","
                + usage
                + "\"messages\":[{\"role\":\"user\",\"content\":\"call=" + number + " in=" + input + " out=" + output
                + " how=" + manner.word() + PADDING + "\"}]}";
    }

    /** Whether the caller waits for the end and the upstream would give it. */
    boolean isMeantToEnd() {
        return manner.isSound() && leaves.isAfterTheAnswer();
    }
}
