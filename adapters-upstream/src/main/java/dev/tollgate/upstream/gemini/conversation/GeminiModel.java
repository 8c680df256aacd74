package dev.tollgate.upstream.gemini.conversation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Gemini model takes, by its name, from Google's page on thinking: budgets for 2.5, levels from 3 on. A Gemini
 * without a version ({@code gemini-flash-latest}) is taken for the newest; other names for models that do not think.
 *
 * @param version times ten: 25 is 2.5; 0 for what is no Gemini
 */
public record GeminiModel(int version, boolean isPro, boolean isLite) {
    private static final Pattern NAME = Pattern.compile("gemini-(\\d)(?:\\.(\\d))?(?!\\d).*");
    private static final int NEWEST = 99;
    private static final int LEVELS_FROM = 30;
    private static final int MINIMAL_UP_TO = 35;

    public static GeminiModel of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        Matcher numbered = NAME.matcher(name);
        int version = name.startsWith("gemini") ? NEWEST : 0;
        if (numbered.matches()) {
            int minor = numbered.group(2) == null ? 0 : Integer.parseInt(numbered.group(2));
            version = Integer.parseInt(numbered.group(1)) * 10 + minor;
        }
        return new GeminiModel(version, name.contains("-pro"), name.contains("-lite"));
    }

    boolean thinks() {
        return version >= 25;
    }

    /**
     * Google's own word for a call its model did not make, in place of the signature; null for a model that demands none.
     */
    public @Nullable String filler() {
        return hasLevels() ? "skip_thought_signature_validator" : null;
    }

    /** Whether how much it thinks is told by a level, and calls in its history need signatures. */
    boolean hasLevels() {
        return version >= LEVELS_FROM;
    }

    boolean knowsMinimal() {
        return hasLevels() && !isPro && version <= MINIMAL_UP_TO;
    }

    boolean knowsMedium() {
        return !isPro || version > LEVELS_FROM;
    }

    /** Only 2.0 takes penalties; all others refuse them. */
    boolean takesPenalties() {
        return version == 20;
    }

    /** The least and the most tokens it can be told to think; 2.5 Pro cannot be told not to. */
    long budgetMin() {
        return isPro ? 128 : isLite ? 512 : 1;
    }

    long budgetMax() {
        return isPro ? 32_768 : 24_576;
    }
}
