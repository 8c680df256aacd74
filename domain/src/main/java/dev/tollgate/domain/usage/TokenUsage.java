package dev.tollgate.domain.usage;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The tokens of one exchange in disjoint classes.
 *
 * <p>Providers disagree on what their counters include; making the classes disjoint is the platform codec's work, so
 * that pricing never has to ask. A class that is not in the map counts zero.
 */
public record TokenUsage(Map<TokenClass, Long> counts) {
    public static final TokenUsage NONE = new TokenUsage(Map.of());

    /** No class of one exchange can hold more; a count above it is nonsense (see {@link UsageFilter}). */
    public static final long COUNT_MAX = 100_000_000L;

    public TokenUsage {
        EnumMap<TokenClass, Long> kept = new EnumMap<>(TokenClass.class);
        counts.forEach((tokenClass, count) -> {
            if (count < 0 || count > COUNT_MAX) {
                throw new IllegalArgumentException(tokenClass + " out of range: " + count);
            }
            if (count > 0) {
                kept.put(tokenClass, count);
            }
        });
        counts = Collections.unmodifiableMap(kept);
    }

    public static TokenUsage of(TokenClass tokenClass, long count) {
        return new TokenUsage(Map.of(tokenClass, count));
    }

    public static TokenUsage of(long input, long output) {
        return new TokenUsage(Map.of(TokenClass.INPUT, input, TokenClass.OUTPUT, output));
    }

    public long of(TokenClass tokenClass) {
        return counts.getOrDefault(tokenClass, 0L);
    }

    public TokenUsage with(TokenClass tokenClass, long count) {
        EnumMap<TokenClass, Long> changed = new EnumMap<>(TokenClass.class);
        changed.putAll(counts);
        changed.put(tokenClass, count);
        return new TokenUsage(changed);
    }

    public TokenUsage plus(TokenUsage addend) {
        EnumMap<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
        sum.putAll(counts);
        addend.counts.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Math::addExact));
        return new TokenUsage(sum);
    }

    /** All input that no cache had a part in, every modality: the record's {@code input_tokens}. */
    public long input() {
        return of(TokenClass.INPUT) + of(TokenClass.AUDIO_INPUT) + of(TokenClass.IMAGE_INPUT);
    }

    public long cacheRead() {
        return of(TokenClass.CACHE_READ);
    }

    public long cacheWrite() {
        return of(TokenClass.CACHE_WRITE_5M) + of(TokenClass.CACHE_WRITE_1H);
    }

    /** All output, reasoning and every modality included: the record's {@code output_tokens}. */
    public long output() {
        return of(TokenClass.OUTPUT)
                + of(TokenClass.REASONING)
                + of(TokenClass.AUDIO_OUTPUT)
                + of(TokenClass.IMAGE_OUTPUT);
    }

    /** What a long-context threshold is compared with: every input token, cached ones too. */
    public long context() {
        return input() + cacheRead() + cacheWrite();
    }

    public long total() {
        return context() + output();
    }
}
