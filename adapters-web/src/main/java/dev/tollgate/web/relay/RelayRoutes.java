package dev.tollgate.web.relay;

import io.micronaut.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the relay's paths have in common: the prefixes that pin a call to one family of models. */
public final class RelayRoutes {
    /** A path prefix that names a family. */
    public static final String PLATFORM = "/{platform:openai|claude|gemini}";

    private static final List<String> PLATFORMS = List.of("openai", "claude", "gemini");

    private RelayRoutes() {}

    /** The family a request's path pins, null if none. */
    public static @Nullable String platform(HttpRequest<?> request) {
        String path = request.getPath();
        return PLATFORMS.stream()
                .filter(platform -> path.startsWith("/" + platform + "/"))
                .findFirst()
                .orElse(null);
    }
}
