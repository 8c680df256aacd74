package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.AnswerCodec;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The APIs of OpenAI's platform: their paths, how an answer of each is read, and their name for the output bound. */
public enum OpenAiApi {
    CHAT("chat", "/chat/completions", ChatCodec::new, null),
    RESPONSES("responses", "/responses", ResponsesCodec::new, "max_output_tokens"),
    COMPACT("responses", "/responses/compact", ResponsesCodec::new, null),
    COMPLETIONS("completions", "/completions", ChatCodec::new, "max_tokens"),
    EMBEDDINGS("embeddings", "/embeddings", ChatCodec::new, null),
    IMAGE_GENERATIONS("images", "/images/generations", ImagesCodec::new, null),
    IMAGE_EDITS("images", "/images/edits", ImagesCodec::new, null),
    SPEECH("audio", "/audio/speech", SpeechCodec::new, null),
    TRANSCRIPTIONS("audio", "/audio/transcriptions", TranscriptCodec::new, null),
    TRANSLATIONS("audio", "/audio/translations", TranscriptCodec::new, null),
    MODERATIONS("moderations", "/moderations", FreeCodec::new, null);

    private final String dialect;
    private final String path;
    private final CodecMaker codecs;
    private final @Nullable String boundName;

    OpenAiApi(String dialect, String path, CodecMaker codecs, @Nullable String boundName) {
        this.dialect = dialect;
        this.path = path;
        this.codecs = codecs;
        this.boundName = boundName;
    }

    @FunctionalInterface
    private interface CodecMaker {
        AnswerCodec make(UpstreamRequest request, InstantSource clock);
    }

    /** The API a call is meant for; null if it is none of these. */
    static @Nullable OpenAiApi of(RelayCall call) {
        return Arrays.stream(values())
                .filter(api -> api.dialect.equals(call.dialect()) && api.path.equals(call.path()))
                .findFirst()
                .orElse(null);
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

    AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return codecs.make(request, clock);
    }
}
