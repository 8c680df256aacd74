package dev.tollgate.upstream.meter;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.StreamEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every answer's codec does alike: gathers the words, remembers the usage known so far and the error, and counts by
 * itself where nothing usable was told. An API's own codec only says how its events and its usage are read.
 */
public abstract class MeteringCodec implements AnswerCodec {
    private final UpstreamRequest request;
    private final InstantSource clock;
    private final SpokenText spoken;
    private final long inputRoughly;
    private volatile @Nullable TokenUsage known;
    private volatile boolean lastKnown;
    private @Nullable StreamError error;

    /** @param watched the names of JSON members that {@link #speaks} looks out for */
    protected MeteringCodec(UpstreamRequest request, InstantSource clock, String... watched) {
        this.request = request;
        this.clock = clock;
        this.spoken = new SpokenText(watched);
        this.inputRoughly = LocalCount.roughly(request.call().body().bytes().length);
    }

    // ---- what an API says ----

    /** Reads an event that has data. */
    protected abstract Verdict judge(StreamEvent event);

    /** Reads what a whole answer tells of its usage. */
    protected abstract void readWhole(byte[] body);

    /** The usage told so far, as the last word. */
    protected abstract UsageReport report();

    /** The usage of a stream that broke off. */
    protected UsageReport cutOff() {
        return report();
    }

    /** How the call was served, as far as the answer said. */
    protected Served served() {
        return Served.ORDINARY;
    }

    /** A count of our own, where nothing usable was told; takes time. */
    protected Usage counted() {
        TokenUsage tokens = TokenUsage.of(LocalCount.input(request.call().body().bytes()), LocalCount.output(spoken));
        return new Usage(List.of(new UsagePart(null, tokens)), UnitUsage.NONE, served());
    }

    /** Turns a report into what is charged. */
    protected Metered settled(UsageReport report) {
        return Settled.of(report, request.contextWindow(), this::counted);
    }

    // ---- what it may use ----

    protected final UpstreamRequest request() {
        return request;
    }

    protected final Instant now() {
        return clock.instant();
    }

    /** Gathers the words of a JSON text; tells whether a watched member that is not null stands in it. */
    protected final boolean speaks(byte[] json, int from, int to) {
        return spoken.read(json, from, to);
    }

    /** Whether the answer had any words so far. */
    protected final boolean hasSpoken() {
        return spoken.bytes() > 0;
    }

    /** The tokens of the words so far; takes time. */
    protected final long spokenTokens() {
        return LocalCount.output(spoken);
    }

    /**
     * Takes note of usage told on the way, if it can be true.
     *
     * @param last whether no other is to be expected
     */
    protected final void noted(UsageReport told, boolean last) {
        if (told instanceof UsageReport.Reported reported) {
            known = reported.usage().tokens();
            lastKnown |= last;
        }
    }

    /** Takes note of the upstream's word that it failed. */
    protected final Verdict failed(StreamError told) {
        error = told;
        return Verdict.ERROR;
    }

    // ---- the codec ----

    @Override
    public final Verdict read(StreamEvent event) {
        return event.hasData() ? judge(event) : Verdict.FORWARD;
    }

    @Override
    public boolean hasContent() {
        return hasSpoken();
    }

    @Override
    public final boolean isUsageKnown() {
        return lastKnown;
    }

    @Override
    public final TokenUsage progress() {
        boolean last = lastKnown;
        TokenUsage told = known;
        long roughly = LocalCount.roughly(spoken.bytes());
        if (told == null) {
            return TokenUsage.of(inputRoughly, roughly);
        }
        return last || told.output() >= roughly ? told : told.with(TokenClass.OUTPUT, roughly);
    }

    @Override
    public final StreamError streamError() {
        return Objects.requireNonNull(error, "no error event was read");
    }

    @Override
    public final Metered streamed(boolean ended) {
        return settled(ended ? report() : cutOff());
    }

    @Override
    public final Metered whole(byte[] body) {
        var unused = speaks(body, 0, body.length);
        readWhole(body);
        return settled(report());
    }
}
