package dev.tollgate.upstream.conversation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Claude model takes, by its name, from Anthropic's migration guides: thinking with a budget from 3.7, adaptive
 * thinking from 4.6, and from 4.7 on neither a budget nor sampling parameters. A Claude without a version is taken for
 * the newest; other models behind the same API for such that take what 4.0 did.
 *
 * @param version times ten: 46 is 4.6
 */
public record ClaudeModel(boolean isClaude, int version) {
    private static final Pattern NAME = Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?!\\d)(?:[-.](\\d)(?!\\d))?");
    private static final int OTHER = 40;
    private static final int NEWEST = 990;

    public static ClaudeModel of(String model) {
        if (!model.contains("claude")) {
            return new ClaudeModel(false, OTHER);
        }
        Matcher name = NAME.matcher(model);
        if (!name.find()) {
            return new ClaudeModel(true, NEWEST);
        }
        int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
        return new ClaudeModel(true, Integer.parseInt(name.group(1)) * 10 + minor);
    }

    public boolean thinks() {
        return version >= 37;
    }

    /** Whether it decides itself how much to think, at an effort. */
    public boolean isAdaptive() {
        return version >= 46;
    }

    /** Whether thinking cannot be switched off. */
    public boolean alwaysThinks() {
        return version >= 50;
    }

    public boolean knowsHighestEfforts() {
        return version >= 47;
    }

    public boolean takesSampling() {
        return version < 47;
    }

    /** Whether temperature and {@code top_p} may come together. */
    public boolean takesBothTemperatureAndTopP() {
        return version < 41;
    }

    /** The most output tokens it can be asked for, where the caller did not say: the oldest take few. */
    public long outputMax() {
        return version < 35 ? 4096 : version < 37 ? 8192 : 32_000;
    }
}
