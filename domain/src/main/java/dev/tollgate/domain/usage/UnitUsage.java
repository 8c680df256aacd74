package dev.tollgate.domain.usage;

import java.util.Map;

/** What is priced by the piece and not by the token: tool calls and images by name, seconds, characters. */
public record UnitUsage(Map<String, Long> tools, Map<String, Long> images, long seconds, long characters) {
    public static final UnitUsage NONE = new UnitUsage(Map.of(), Map.of(), 0, 0);

    /** More pieces than any one call can use. */
    public static final long PIECES_MAX = 100_000L;

    /** More characters than any one call can use. */
    public static final long CHARACTERS_MAX = TokenUsage.COUNT_MAX;

    /**
     * Copies the counts.
     *
     * @throws IllegalArgumentException if a count is negative or beyond its bound
     */
    public UnitUsage {
        tools = Map.copyOf(tools);
        images = Map.copyOf(images);
        boolean fits = within(seconds, PIECES_MAX)
                && within(characters, CHARACTERS_MAX)
                && tools.values().stream().allMatch(count -> within(count, PIECES_MAX))
                && images.values().stream().allMatch(count -> within(count, PIECES_MAX));
        if (!fits) {
            throw new IllegalArgumentException("units out of range: " + tools + images + seconds + "," + characters);
        }
    }

    public static UnitUsage ofTools(Map<String, Long> tools) {
        return new UnitUsage(tools, Map.of(), 0, 0);
    }

    private static boolean within(long count, long max) {
        return count >= 0 && count <= max;
    }
}
