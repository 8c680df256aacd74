package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import dev.tollgate.upstream.meter.LocalCount;
import dev.tollgate.upstream.meter.Settled;
import dev.tollgate.upstream.meter.SpokenText;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to messages: input is known from {@code message_start}, the rest from {@code message_delta}, and
 * {@code message_stop} is the end.
 */
final class MessagesCodec implements AnswerCodec {
    private static final byte[] STOP = "message_stop".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final Set<String> EVENT_MEMBERS = Set.of("type", "message", "usage", "error");
    private static final Set<String> BODY_MEMBERS = Set.of("type", "usage", "error");

    private final UpstreamRequest request;
    private final InstantSource clock;
    private final SpokenText spoken = new SpokenText("usage");
    private final long inputRoughly;
    private Map<String, Object> start = Map.of();
    private Map<String, Object> end = Map.of();
    private boolean falling;
    private volatile @Nullable TokenUsage known;
    private boolean finalKnown;
    private @Nullable StreamError error;

    MessagesCodec(UpstreamRequest request, InstantSource clock) {
        this.request = request;
        this.clock = clock;
        this.inputRoughly = LocalCount.roughly(request.call().body().bytes().length);
    }

    @Override
    public Verdict read(StreamEvent event) {
        if (!event.hasData()) {
            return Verdict.FORWARD;
        }
        if (event.isNamed(STOP)) {
            return Verdict.TERMINAL;
        }
        byte[] data = event.data();
        int from = event.dataFrom();
        int to = event.dataTo();
        boolean usageSeen = spoken.read(data, from, to);
        boolean telling = usageSeen || !event.hasName() || event.isNamed(ERROR);
        return telling ? readMembers(data, from, to) : Verdict.FORWARD;
    }

    private Verdict readMembers(byte[] data, int from, int to) {
        Map<String, Object> event = JsonTree.members(data, from, to, EVENT_MEMBERS);
        if (event == null) {
            return Verdict.FORWARD;
        }
        switch (JsonTree.text(event.get("type"))) {
            case "message_stop" -> {
                return Verdict.TERMINAL;
            }
            case "error" -> {
                error = AnthropicFaults.inStream(
                        Arrays.copyOfRange(data, from, to), event.get("error"), clock.instant());
                return Verdict.ERROR;
            }
            case "message_start" ->
                started(JsonTree.object(JsonTree.object(event.get("message")).get("usage")));
            case "message_delta" -> ended(JsonTree.object(event.get("usage")));
            default -> {}
        }
        return Verdict.FORWARD;
    }

    private void started(Map<String, Object> usage) {
        start = usage;
        if (MessagesUsage.read(usage, false) instanceof UsageReport.Reported reported) {
            known = reported.usage().tokens();
        }
    }

    private void ended(Map<String, Object> usage) {
        if (usage.isEmpty()) {
            return;
        }
        falling |= end.get("output_tokens") instanceof Long before
                && usage.get("output_tokens") instanceof Long after
                && after < before;
        end = MessagesUsage.overridden(end, usage);
        if (report() instanceof UsageReport.Reported reported) {
            finalKnown = true;
            known = reported.usage().tokens();
        }
    }

    private UsageReport report() {
        if (end.isEmpty()) {
            return new UsageReport.Missing("no message_delta");
        }
        if (falling) {
            return new UsageReport.Nonsense("output_tokens falling");
        }
        return MessagesUsage.read(MessagesUsage.overridden(start, end), spoken.bytes() > 0);
    }

    @Override
    public boolean hasContent() {
        return spoken.bytes() > 0;
    }

    @Override
    public boolean isUsageKnown() {
        return finalKnown;
    }

    @Override
    public TokenUsage progress() {
        TokenUsage told = known;
        long roughly = LocalCount.roughly(spoken.bytes());
        if (told == null) {
            return TokenUsage.of(inputRoughly, roughly);
        }
        return told.output() >= roughly ? told : told.with(TokenClass.OUTPUT, roughly);
    }

    @Override
    public StreamError streamError() {
        return Objects.requireNonNull(error, "no error event was read");
    }

    @Override
    public Metered streamed(boolean ended) {
        UsageReport report = report();
        boolean brokeOff = !ended && report instanceof UsageReport.Missing;
        if (brokeOff && MessagesUsage.read(start, false) instanceof UsageReport.Reported begun) {
            report = new UsageReport.Partial(withOutput(begun.usage()));
        }
        return Settled.of(report, request.contextWindow(), this::counted);
    }

    /** What the start told, with the words there were in place of its first output count. */
    private Usage withOutput(Usage begun) {
        TokenUsage tokens = begun.tokens();
        long output = Math.max(tokens.output(), LocalCount.output(spoken));
        TokenUsage counted = tokens.with(TokenClass.REASONING, 0).with(TokenClass.OUTPUT, output);
        return new Usage(List.of(new UsagePart(null, counted)), begun.units(), begun.served());
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, BODY_MEMBERS);
        if (members == null) {
            return AnthropicFaults.unreadable();
        }
        boolean failed = JsonTree.text(members.get("type")).equals("error");
        return failed ? AnthropicFaults.inStream(body, members.get("error"), clock.instant()) : null;
    }

    @Override
    public Metered whole(byte[] body) {
        var unused = spoken.read(body, 0, body.length);
        Map<String, Object> members = JsonTree.members(body, 0, body.length, BODY_MEMBERS);
        UsageReport report = members == null || !members.containsKey("usage")
                ? new UsageReport.Missing("no usage")
                : MessagesUsage.read(JsonTree.object(members.get("usage")), spoken.bytes() > 0);
        return Settled.of(report, request.contextWindow(), this::counted);
    }

    private Usage counted() {
        return Usage.of(TokenUsage.of(LocalCount.input(request.call().body().bytes()), LocalCount.output(spoken)));
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return AnthropicFaults.of(status, headers, body, clock.instant());
    }
}
