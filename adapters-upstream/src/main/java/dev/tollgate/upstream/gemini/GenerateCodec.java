package dev.tollgate.upstream.gemini;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.Framing;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.LocalCount;
import dev.tollgate.upstream.meter.RunningCount;
import dev.tollgate.upstream.meter.Settled;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to {@code generateContent}, whole or streamed. A stream has no end mark: any chunk after which every
 * candidate has a reason to end may be the last.
 */
final class GenerateCodec implements AnswerCodec {
    private final UpstreamRequest request;
    private final InstantSource clock;
    private final AnswerScan answer = new AnswerScan();
    private final RunningCount running;
    private final long inputRoughly;
    private boolean isWholeRead;
    private boolean isArray;
    private volatile @Nullable TokenUsage reported;
    private @Nullable StreamError error;

    GenerateCodec(UpstreamRequest request, InstantSource clock) {
        this.request = request;
        this.clock = clock;
        this.running = new RunningCount(request, answer.spoken());
        this.inputRoughly = LocalCount.roughly(request.call().body().bytes().length);
    }

    @Override
    public @Nullable Framing framing(HttpHeaders headers) {
        String type = headers.get("content-type");
        isArray = type != null && type.toLowerCase(Locale.ROOT).contains("json");
        return isArray ? Framing.JSON_ARRAY : Framing.SERVER_SENT;
    }

    @Override
    public Verdict read(StreamEvent event) {
        if (!event.hasData()) {
            return Verdict.FORWARD;
        }
        byte[] data = event.data();
        boolean understood = answer.read(data, event.dataFrom(), event.dataTo());
        Map<String, Object> told = answer.error();
        if (understood && told != null) {
            byte[] json = Arrays.copyOfRange(data, event.dataFrom(), event.dataTo());
            error = GeminiFaults.inStream(isArray ? GeminiFaults.inArray(json) : json, told, clock.instant());
            return Verdict.ERROR;
        }
        if (report(false) instanceof UsageReport.Reported known) {
            reported = known.usage().tokens();
        }
        return answer.isFinished() ? Verdict.HOLD : Verdict.FORWARD;
    }

    private UsageReport report(boolean complete) {
        return GeminiUsage.read(answer, request.sentModel(), complete);
    }

    @Override
    public boolean hasContent() {
        return answer.hasContent();
    }

    /** Before the end nobody knows whether a chunk was the last, and only the last one's usage counts. */
    @Override
    public boolean isUsageKnown() {
        return false;
    }

    @Override
    public TokenUsage progress() {
        TokenUsage known = reported;
        long roughly = LocalCount.roughly(answer.spoken().bytes());
        return known == null ? TokenUsage.of(inputRoughly, roughly) : atLeast(known, roughly);
    }

    @Override
    public long outputAtMost() {
        TokenUsage known = reported;
        return Math.max(known == null ? 0 : known.output(), running.atMost());
    }

    @Override
    public void recount() {
        running.recount();
    }

    /** Running totals lag behind what was said. */
    private static TokenUsage atLeast(TokenUsage known, long output) {
        long missing = output - known.output();
        return missing <= 0 ? known : known.with(TokenClass.OUTPUT, known.of(TokenClass.OUTPUT) + missing);
    }

    @Override
    public StreamError streamError() {
        return Objects.requireNonNull(error, "no error event was read");
    }

    @Override
    public Metered streamed(boolean ended) {
        boolean isComplete = ended && answer.isFinished();
        UsageReport report = report(isComplete);
        if (!isComplete && report instanceof UsageReport.Reported soFar) {
            report = new UsageReport.Partial(withWords(soFar.usage()));
        }
        return Settled.of(report, request.contextWindow(), this::counted);
    }

    private Usage withWords(Usage soFar) {
        TokenUsage tokens = atLeast(soFar.tokens(), LocalCount.output(request, answer.spoken()));
        return new Usage(List.of(new UsagePart(null, tokens)), soFar.units(), soFar.served());
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        if (!isRead(body)) {
            return Faults.unreadable();
        }
        Map<String, Object> told = answer.error();
        return told == null ? null : GeminiFaults.inStream(body, told, clock.instant());
    }

    @Override
    public Metered whole(byte[] body) {
        boolean unused = isRead(body);
        return Settled.of(report(true), request.contextWindow(), this::counted);
    }

    private boolean isRead(byte[] body) {
        isWholeRead = isWholeRead || answer.read(body, 0, body.length);
        return isWholeRead;
    }

    private Usage counted() {
        long input = LocalCount.input(request);
        TokenUsage tokens = TokenUsage.of(input, LocalCount.output(request, answer.spoken()));
        UnitUsage units = answer.grounding().units(request.sentModel());
        return new Usage(List.of(new UsagePart(null, tokens)), units, GeminiUsage.served(answer.tier()));
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return GeminiFaults.of(status, headers, body, clock.instant());
    }
}
