package dev.tollgate.web.relay;

import dev.tollgate.domain.apikey.KeyText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the caller's key wherever the dialects put it; the key goes nowhere else, least of all into a log. */
public final class CallerKey {
    private static final List<String> KEY_HEADERS = List.of("x-api-key", "api-key", "x-goog-api-key");
    private static final String BEARER = "bearer ";
    private static final String KEY_PARAMETER = "key";

    private CallerKey() {}

    /** The first that can be a key of ours; else the first that is there, else null. */
    public static @Nullable String of(HttpRequest<?> request) {
        List<String> given = given(request);
        return given.stream().filter(KeyText::isWellFormed).findFirst().orElse(given.isEmpty() ? null : given.get(0));
    }

    /** The query without the key's parameter, null if nothing is left of it. */
    public static @Nullable String queryWithoutKey(HttpRequest<?> request) {
        String query = request.getUri().getRawQuery();
        if (query == null || query.isEmpty()) {
            return null;
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            if (!isKey(parameter)) {
                kept.add(parameter);
            }
        }
        return kept.isEmpty() ? null : String.join("&", kept);
    }

    private static List<String> given(HttpRequest<?> request) {
        List<String> given = new ArrayList<>();
        HttpHeaders headers = request.getHeaders();
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            given.add(authorization.substring(BEARER.length()).strip());
        }
        for (String name : KEY_HEADERS) {
            String value = headers.get(name);
            if (value != null) {
                given.add(value.strip());
            }
        }
        String parameter = request.getUri().getRawQuery() == null
                ? null
                : request.getParameters().get(KEY_PARAMETER);
        if (parameter != null) {
            given.add(parameter);
        }
        return given;
    }

    private static boolean isKey(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).equals(KEY_PARAMETER);
        } catch (IllegalArgumentException undecodable) {
            return true;
        }
    }
}
