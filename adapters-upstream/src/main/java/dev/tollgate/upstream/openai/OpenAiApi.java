package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.AnswerCodec;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The APIs of OpenAI's platform: their paths, how an answer of each is read, and their name for the output bound. */
public enum OpenAiApi {
    CHAT("chat", "/chat/completions", null),
    RESPONSES("responses", "/responses", "max_output_tokens"),
    COMPACT("responses", "/responses/compact", null),
    COMPLETIONS("completions", "/completions", "max_tokens"),
    EMBEDDINGS("embeddings", "/embeddings", null),
    IMAGE_GENERATIONS("images", "/images/generations", null),
    IMAGE_EDITS("images", "/images/edits", null),
    SPEECH("audio", "/audio/speech", null),
    TRANSCRIPTIONS("audio", "/audio/transcriptions", null),
    TRANSLATIONS("audio", "/audio/translations", null),
    MODERATIONS("moderations", "/moderations", null);

    private final String dialect;
    private final String path;
    private final @Nullable String boundName;

    OpenAiApi(String dialect, String path, @Nullable String boundName) {
        this.dialect = dialect;
        this.path = path;
        this.boundName = boundName;
    }

    /** The API a call is meant for; null if it is none of these. */
    static @Nullable OpenAiApi of(RelayCall call) {
        return Arrays.stream(values())
                .filter(api -> api.dialect.equals(call.dialect()) && api.path.equals(call.path()))
                .findFirst()
                .orElse(null);
    }

    /** As the record names it. */
    String dialect() {
        return dialect;
    }

    /** Below the version, {@code /chat/completions}. */
    public String path() {
        return path;
    }

    /** Whether its answers may be anything, not only JSON and events. */
    boolean answersAnything() {
        return dialect.equals("audio");
    }

    /** Whether its streams tell their usage only when asked to. */
    boolean mustBeAskedForUsage() {
        return this == CHAT || this == COMPLETIONS;
    }

    /** The member that bounds the output; null if there is none, or if it depends on the model (chat). */
    @Nullable
    String boundName() {
        return boundName;
    }

    /** Reads the answer to one attempt. */
    AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return switch (this) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> new ChatCodec(request, clock);
            case RESPONSES, COMPACT -> new ResponsesCodec(request, clock);
            case IMAGE_GENERATIONS, IMAGE_EDITS -> new ImagesCodec(request, clock);
            case SPEECH -> new SpeechCodec(request, clock);
            case TRANSCRIPTIONS, TRANSLATIONS -> new TranscriptCodec(request, clock);
            case MODERATIONS -> new FreeCodec(request, clock);
        };
    }
}
