package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.Framing;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that is spoken: events tell tokens at their end, sound tells nothing. The older models are priced by
 * the character of what is to be said.
 */
final class SpeechCodec extends OpenAiCodec {
    private static final String BY_THE_CHARACTER = "tts";

    /** Recorded: 82 tokens of sound for 39 characters. */
    private static final long TOKENS_PER_CHARACTER = 2;

    private boolean sound;
    private boolean heard;
    private @Nullable Map<String, Object> usage;

    SpeechCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock);
    }

    @Override
    public Framing framing(HttpHeaders headers) {
        String type = headers.get("content-type");
        sound = type == null || !type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        return sound ? Framing.BYTES : Framing.SERVER_SENT;
    }

    @Override
    boolean mustBeJson() {
        return false;
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        heard = true;
        return sound ? Verdict.HOLD : judgeTyped(event, this::judge);
    }

    private Verdict judge(String type, Map<String, Object> members) {
        if (!type.equals("speech.audio.done")) {
            return Verdict.FORWARD;
        }
        usage = members.containsKey("usage") ? JsonTree.object(members.get("usage")) : null;
        noted(report(), true);
        return Verdict.HOLD;
    }

    @Override
    public boolean hasContent() {
        return heard;
    }

    @Override
    protected void hear(byte[] body) {
        heard = body.length > 0;
    }

    @Override
    protected void readWhole(byte[] body) {
        // Sound tells nothing of its usage.
    }

    @Override
    protected UsageReport report() {
        boolean byTheCharacter = request().call().body().model().startsWith(BY_THE_CHARACTER)
                || request().sentModel().startsWith(BY_THE_CHARACTER);
        return usage == null && byTheCharacter
                ? new UsageReport.Reported(new Usage(List.of(), characters(), served()))
                : read(OpenAiUsage.Names.SPEECH, usage);
    }

    /** In tokens and in characters: a model has a price for one of them. */
    @Override
    protected Usage counted() {
        UnitUsage said = characters();
        TokenUsage words = super.counted().tokens();
        long spoken = Math.min(said.characters() * TOKENS_PER_CHARACTER, TokenUsage.COUNT_MAX);
        TokenUsage tokens = words.with(TokenClass.OUTPUT, 0).with(TokenClass.AUDIO_OUTPUT, spoken);
        return new Usage(List.of(new UsagePart(null, tokens)), said, served());
    }

    private UnitUsage characters() {
        byte[] body = request().call().body().bytes();
        String input = JsonMembers.scan(body) instanceof JsonMembers members ? members.text("input") : null;
        long characters = input == null ? 0 : input.codePointCount(0, input.length());
        return new UnitUsage(Map.of(), Map.of(), 0, Math.min(characters, UnitUsage.CHARACTERS_MAX));
    }
}
