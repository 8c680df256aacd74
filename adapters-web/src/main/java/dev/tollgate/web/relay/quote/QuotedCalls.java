package dev.tollgate.web.relay.quote;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.RequestIds;
import dev.tollgate.web.relay.gemini.GeminiDialects;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads calls that are only asked about as the relay reads those that are made. */
@Singleton
final class QuotedCalls {
    /** Calls recorded under the name of another, which is the one that is meant by it. */
    private static final Set<String> NAMESAKES =
            Set.of("/responses/compact", "/images/edits", "/audio/transcriptions", "/audio/translations");

    private final RequestIds ids;
    private final Map<String, Dialect> dialects;

    QuotedCalls(RequestIds ids, List<Dialect> dialects) {
        this.ids = ids;
        this.dialects = dialects.stream()
                .filter(dialect -> !NAMESAKES.contains(dialect.path()))
                .collect(Collectors.toUnmodifiableMap(Dialect::name, dialect -> dialect));
    }

    /** The names of all dialects that can be asked about, in alphabetical order. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(dialects.keySet());
        names.addAll(GeminiDialects.NAMES);
        return names;
    }

    /**
     * The dialect of that name for a body.
     *
     * @param model of a call whose model is not in its body
     * @return empty if such a call's model is told nowhere
     */
    Optional<Dialect> dialect(String name, @Nullable String model, byte[] body) {
        if (!GeminiDialects.NAMES.contains(name)) {
            return Optional.ofNullable(dialects.get(name));
        }
        String named =
                model == null && JsonMembers.scan(body) instanceof JsonMembers members ? members.text("model") : model;
        return Optional.ofNullable(named).map(told -> GeminiDialects.of(name, told));
    }

    RelayCall call(Dialect dialect, CallBody body) {
        return new RelayCall(
                ids.next(),
                dialect.name(),
                dialect.path(),
                null,
                null,
                null,
                List.of(),
                body,
                dialect.codec(),
                dialect.isFree(),
                null,
                null);
    }

    static BodyReading read(Dialect dialect, byte[] body) {
        return dialect.read(body, CallBody.JSON);
    }
}
