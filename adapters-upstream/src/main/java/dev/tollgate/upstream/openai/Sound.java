package dev.tollgate.upstream.openai;

import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.upstream.meter.JsonTree;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a sound is, as far as something tells it. */
final class Sound {
    /** English as it is spoken, pauses included. */
    private static final long CHARACTERS_PER_SECOND = 15;

    private static final Pattern SUBTITLE_END =
            Pattern.compile("--> *(?:(\\d{1,3}):)?(\\d{1,2}):(\\d{1,2})(?:[.,]\\d{1,3})?");
    private static final BigDecimal MOST = BigDecimal.valueOf(UnitUsage.PIECES_MAX);

    private Sound() {}

    /** A duration as JSON has it, begun seconds counted whole; null if it is none. */
    static @Nullable Long seconds(@Nullable Object told) {
        String text = switch (told) {
            case Long whole -> whole.toString();
            case JsonTree.OddNumber(String number) -> number;
            case String quoted -> quoted;
            case null, default -> "";
        };
        if (!text.matches("\\d{1,6}(\\.\\d{1,30})?")) {
            return null;
        }
        BigDecimal seconds = new BigDecimal(text).setScale(0, RoundingMode.CEILING);
        return seconds.min(MOST).longValueExact();
    }

    /** Where the last subtitle (srt, vtt) ends, begun seconds counted whole; null if the text has none. */
    static @Nullable Long lastSecond(String text) {
        int from = text.lastIndexOf("-->");
        Matcher end = from < 0 ? null : SUBTITLE_END.matcher(text).region(from, text.length());
        if (end == null || !end.lookingAt()) {
            return null;
        }
        long hours = end.group(1) == null ? 0 : Long.parseLong(end.group(1));
        long seconds = (hours * 60 + Long.parseLong(end.group(2))) * 60 + Long.parseLong(end.group(3)) + 1;
        return Math.min(seconds, UnitUsage.PIECES_MAX);
    }

    /** How long it takes to say so many characters. */
    static long secondsOfSpeech(long characters) {
        long seconds = (characters + CHARACTERS_PER_SECOND - 1) / CHARACTERS_PER_SECOND;
        return Math.min(seconds, UnitUsage.PIECES_MAX);
    }

    static UnitUsage units(long seconds) {
        return new UnitUsage(Map.of(), Map.of(), seconds, 0);
    }
}
