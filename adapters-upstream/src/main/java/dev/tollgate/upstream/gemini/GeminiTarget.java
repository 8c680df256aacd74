package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.Origin;
import dev.tollgate.upstream.http.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a call goes: the base address, the model and the operation. */
final class GeminiTarget {
    private static final String BASE = "https://generativelanguage.googleapis.com/v1beta";
    private static final String VERSION = "/v1beta";
    private static final String TUNED = "tunedModels/";

    /** Parameters every Google API takes that are credentials: the caller's own are none of the upstream's business. */
    private static final Set<String> CREDENTIALS = Set.of("key", "access_token", "oauth_token");

    private GeminiTarget() {}

    /** A call in Gemini's own dialect goes on as it came. */
    static Target ofNative(UpstreamRequest request) {
        RelayCall call = request.call();
        return target(request, call.path(), query(call.query()));
    }

    /** A call of another dialect. */
    static Target ofConverted(UpstreamRequest request) {
        boolean stream = request.call().body().stream();
        return stream ? target(request, ":streamGenerateContent", "?alt=sse") : target(request, ":generateContent", "");
    }

    /** The list of models. */
    static Target models(Connection connection) {
        return target(connection, "/models?pageSize=1");
    }

    private static Target target(UpstreamRequest request, String operation, String query) {
        return target(request.connection(), "/" + resource(request.sentModel()) + operation + query);
    }

    private static Target target(Connection connection, String pathAndQuery) {
        String given = connection.baseUrl();
        String base = given == null ? BASE : given;
        String path = URI.create(base).getRawPath();
        String trimmed = path == null ? "" : path.replaceFirst("/+$", "");
        String prefix = trimmed.isEmpty() ? VERSION : trimmed;
        return new Target(Origin.of(base), prefix + pathAndQuery);
    }

    /** The name a model has as a resource: {@code models/x}; a tuned model is in a collection of its own. */
    private static String resource(String model) {
        return model.startsWith(TUNED) ? TUNED + encoded(model.substring(TUNED.length())) : "models/" + encoded(model);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte next : name.getBytes(UTF_8)) {
            char letter = (char) (next & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || "-._~@:".indexOf(letter) >= 0);
            encoded.append(plain ? String.valueOf(letter) : String.format("%%%02X", next));
        }
        return encoded.toString();
    }

    private static String query(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            String name = parameter.replaceFirst("=.*", "").replace("%24", "").replace("$", "");
            if (!CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                kept.add(parameter);
            }
        }
        return kept.isEmpty() ? "" : "?" + String.join("&", kept);
    }
}
