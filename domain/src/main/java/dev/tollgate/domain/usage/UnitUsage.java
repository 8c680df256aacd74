package dev.tollgate.domain.usage;

import java.util.Map;

/** What is priced by the piece and not by the token: tool calls and images by name, seconds, characters. */
public record UnitUsage(Map<String, Long> tools, Map<String, Long> images, long seconds, long characters) {
    public static final UnitUsage NONE = new UnitUsage(Map.of(), Map.of(), 0, 0);

    public UnitUsage {
        tools = Map.copyOf(tools);
        images = Map.copyOf(images);
        boolean negative = seconds < 0
                || characters < 0
                || tools.values().stream().anyMatch(count -> count < 0)
                || images.values().stream().anyMatch(count -> count < 0);
        if (negative) {
            throw new IllegalArgumentException("negative units: " + tools + images + seconds + "," + characters);
        }
    }

    public static UnitUsage ofTools(Map<String, Long> tools) {
        return new UnitUsage(tools, Map.of(), 0, 0);
    }
}
