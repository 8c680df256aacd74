package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.JsonEdits;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a transcript or a translation of speech: usage is in tokens, or the seconds of sound. Transcripts that are no
 * JSON (text, srt, vtt) tell neither, so the seconds are estimated from what was said.
 */
final class TranscriptCodec extends OpenAiCodec {
    private static final Set<String> BODY_MEMBERS = Set.of("usage", "duration");

    /** Recorded: 37 tokens for 3.25 seconds, 17 for a little over one. */
    private static final long TOKENS_PER_SECOND = 12;

    private @Nullable Map<String, Object> usage;
    private @Nullable Long secondsTold;
    private long plainChars;

    TranscriptCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock);
    }

    @Override
    boolean mustBeJson() {
        return false;
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        return judgeTyped(event, (type, members) -> {
            if (type.equals("transcript.text.done")) {
                tell(members);
                noted(report(), true);
                return Verdict.HOLD;
            }
            var unused = speaks(event.data(), event.dataFrom(), event.dataTo());
            return Verdict.FORWARD;
        });
    }

    @Override
    protected void hear(byte[] body) {
        if (JsonMembers.scan(body) instanceof JsonMembers members) {
            JsonMembers.Value text = members.value("text");
            if (text != null && text.kind() == JsonMembers.Kind.STRING) {
                words(body, text.start() + 1, text.end() - 1);
            }
            return;
        }
        String text = new String(body, UTF_8);
        byte[] quoted = JsonEdits.quoted(text).getBytes(UTF_8);
        words(quoted, 1, quoted.length - 1);
        secondsTold = Sound.lastSecond(text);
        plainChars = text.strip().length();
    }

    @Override
    protected void readWhole(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, BODY_MEMBERS);
        if (members != null) {
            secondsTold = Sound.seconds(members.get("duration"));
            tell(members);
        }
    }

    private void tell(Map<String, Object> members) {
        if (members.containsKey("usage")) {
            usage = JsonTree.object(members.get("usage"));
        }
    }

    @Override
    protected UsageReport report() {
        if (usage == null || !JsonTree.text(usage.get("type")).equals("duration")) {
            return read(OpenAiUsage.Names.TRANSCRIPTS, usage);
        }
        Long seconds = Sound.seconds(usage.get("seconds"));
        return seconds == null
                ? new UsageReport.Nonsense("seconds")
                : new UsageReport.Reported(new Usage(List.of(), Sound.units(seconds), served()));
    }

    /** In tokens and in seconds: a model has a price for one of them. */
    @Override
    protected Usage counted() {
        long chars = plainChars > 0 ? plainChars : spokenBytes();
        long seconds = secondsTold == null ? Sound.secondsOfSpeech(chars) : secondsTold;
        TokenUsage tokens = new TokenUsage(
                Map.of(TokenClass.AUDIO_INPUT, seconds * TOKENS_PER_SECOND, TokenClass.OUTPUT, spokenTokens()));
        return new Usage(List.of(new UsagePart(null, tokens)), Sound.units(seconds), served());
    }

    @Override
    protected Metered settled(UsageReport report) {
        Metered settled = super.settled(report);
        boolean guessed = settled.report() instanceof UsageReport.Estimated && secondsTold == null;
        if (!guessed) {
            return settled;
        }
        Set<String> flags = new HashSet<>(settled.flags());
        flags.add("duration_unknown");
        return new Metered(settled.report(), flags, settled.created());
    }
}
