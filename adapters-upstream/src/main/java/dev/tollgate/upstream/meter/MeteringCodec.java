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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every answer's codec does alike: gathers the words, remembers the usage known so far and the error, and counts by
 * itself where nothing usable was told. An API's own codec only says how its events and its usage are read.
 */
public abstract class MeteringCodec implements AnswerCodec {
    private final UpstreamRequest request;
    private final InstantSource clock;
    private final SpokenText spoken;
    private final RunningCount running;
    private final long inputRoughly;
    private volatile @Nullable TokenUsage known;
    private volatile boolean lastKnown;
    private boolean tellsLast;
    private boolean ending;
    private @Nullable StreamError error;

    /** @param watched the names of JSON members that {@link #speaks} looks out for */
    protected MeteringCodec(UpstreamRequest request, InstantSource clock, String... watched) {
        this.request = request;
        this.clock = clock;
        this.spoken = new SpokenText(watched);
        this.running = new RunningCount(request, spoken);
        this.inputRoughly = LocalCount.inputRoughly(request);
    }

    // ---- what an API says ----

    /** Reads an event that has data. */
    protected abstract Verdict judge(StreamEvent event);

    /** Reads what a whole answer tells of its usage. */
    protected abstract void readWhole(byte[] body);

    /** The usage told so far, as the last word. */
    protected abstract UsageReport report();

    /** The usage of a stream that broke off, or ended without its last word about usage. */
    protected UsageReport cutOff() {
        return report();
    }

    /** What the answer tells, or we counted, by the piece. */
    protected UnitUsage units() {
        return UnitUsage.NONE;
    }

    /** Ids of what the answer left at the account. */
    protected List<String> created() {
        return List.of();
    }

    /** Gathers the words of a whole answer. */
    protected void hear(byte[] body) {
        var unused = speaks(body, 0, body.length);
    }

    /** How the call was served, as far as the answer said. */
    protected Served served() {
        return Served.ORDINARY;
    }

    /** A count of our own, where nothing usable was told; takes time. */
    protected Usage counted() {
        TokenUsage tokens = TokenUsage.of(LocalCount.input(request), LocalCount.output(request, spoken));
        return new Usage(List.of(new UsagePart(null, tokens)), units(), served());
    }

    /** Turns a report into what is charged. */
    protected Metered settled(UsageReport report) {
        Metered settled = Settled.of(report, request.contextWindow(), this::counted);
        return new Metered(settled.report(), settled.flags(), created());
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

    /** Takes words as they stand in a JSON string. */
    protected final void words(byte[] json, int from, int to) {
        spoken.add(json, from, to);
    }

    /** Whether the answer had any words so far. */
    protected final boolean hasSpoken() {
        return spoken.bytes() > 0;
    }

    /** The length of the words so far. */
    protected final long spokenBytes() {
        return spoken.bytes();
    }

    /** The tokens of the words so far; takes time. */
    protected final long spokenTokens() {
        return LocalCount.output(request, spoken);
    }

    /** What was told at a stream's beginning or on its way, with at least the words there were for its output. */
    protected final UsageReport begun(UsageReport told) {
        if (!(told instanceof UsageReport.Reported(Usage usage))) {
            return told;
        }
        TokenUsage tokens = usage.tokens();
        long words = spokenTokens();
        TokenUsage counted = tokens.output() >= words
                ? tokens
                : tokens.with(TokenClass.REASONING, 0).with(TokenClass.OUTPUT, words);
        return new UsageReport.Partial(new Usage(List.of(new UsagePart(null, counted)), usage.units(), usage.served()));
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
            tellsLast |= last;
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
        if (!event.hasData()) {
            return Verdict.FORWARD;
        }
        long before = spoken.bytes();
        tellsLast = false;
        Verdict verdict = judge(event);
        ending = spoken.bytes() == before && (ending || tellsLast);
        return verdict;
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

    /** Usage that comes along with words, as some servers tell it, is not the last. */
    @Override
    public final boolean isEnding() {
        return ending;
    }

    @Override
    public final long outputAtMost() {
        TokenUsage told = known;
        return Math.max(told == null ? 0 : told.output(), running.atMost());
    }

    @Override
    public final void recount() {
        running.recount();
    }

    @Override
    public final StreamError streamError() {
        return Objects.requireNonNull(error, "no error event was read");
    }

    @Override
    public final Metered streamed(boolean ended) {
        UsageReport last = report();
        UsageReport report = ended && !(last instanceof UsageReport.Missing) ? last : cutOff();
        boolean failedAtOnce = error != null && !hasContent() && report instanceof UsageReport.Missing;
        return failedAtOnce ? new Metered(report, Set.of()) : settled(report);
    }

    @Override
    public final Metered whole(byte[] body) {
        hear(body);
        readWhole(body);
        return settled(report());
    }
}
