package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.input.PromptList;
import jakarta.inject.Singleton;

/** Speech made from a text. The sound is passed on as it comes, so every such call is a stream. */
@Singleton
public final class SpeechDialect extends OpenAiDialect {
    static final String NAME = "audio";

    /**
     * Sound has about 21 tokens a second (0.015 dollars a minute at 12 a million, OpenAI's prices of 2025; recorded: 82
     * for 38 characters, 2.2 each). Spoken at a quarter of the pace, the slowest {@code speed}, that is nine.
     */
    private static final long TOKENS_PER_CHARACTER = 10;

    /** A pause at each end, and for texts of a few characters. */
    private static final long TOKENS_LEAST = 500;

    public SpeechDialect() {
        super(NAME, "/audio/speech");
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, SpeechDialect::body);
    }

    /** A character has at least one byte. */
    private static CallBody body(BodyFields fields) {
        long characters = PromptList.textBytes(fields.bytes(), fields.members().value("input"));
        long output = TOKENS_LEAST + characters * TOKENS_PER_CHARACTER;
        return fields.body(
                fields.model(),
                true,
                CallBounds.fixed((long) fields.bytes().length, output, 1, UnitBounds.ofCharacters(characters)));
    }
}
