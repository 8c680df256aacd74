package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.FormParts;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.FormFields;
import org.jspecify.annotations.Nullable;

/**
 * Words taken down from sound, in its own language or in English.
 *
 * <p>How long a sound is does not show in its size: it is bounded by the lowest rate of a codec made for speech. Only
 * silence packed without loss takes less.
 */
public final class TranscriptionDialect extends OpenAiDialect {
    /** Opus speaks at 6 kbit/s at least (RFC 6716, 2.1.1), MP3 at 8. */
    private static final long BYTES_PER_SECOND_LEAST = 750;

    /** Recorded: 37 tokens for 3.7 seconds. */
    private static final long TOKENS_PER_SECOND = 10;

    TranscriptionDialect(String path) {
        super(SpeechDialect.NAME, path);
    }

    @Override
    public BodyReading read(byte[] body) {
        return read(body, null);
    }

    @Override
    public BodyReading read(byte[] body, @Nullable String contentType) {
        return FormFields.read(body, contentType, TranscriptionDialect::body);
    }

    private static CallBody body(FormFields fields) {
        long bytes = fields.parts().files().stream()
                .mapToLong(FormParts.Part::length)
                .sum();
        long seconds = Math.min(bytes / BYTES_PER_SECOND_LEAST + 1, UnitUsage.PIECES_MAX);
        long input = seconds * TOKENS_PER_SECOND + fields.length("prompt");
        return fields.body(
                fields.model(), fields.flag("stream"), CallBounds.fixed(input, null, 1, UnitBounds.ofSeconds(seconds)));
    }
}
