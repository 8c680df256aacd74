package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an answer to a chat completion: usage is in the last chunks, the end is {@code [DONE]}. */
final class ChatCodec implements AnswerCodec {
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final Set<String> CHUNK_MEMBERS = Set.of("usage", "choices", "service_tier", "error");

    private final UpstreamRequest request;
    private final InstantSource clock;
    private final SpokenText spoken = new SpokenText("usage", "error");
    private final long inputRoughly;
    private boolean chunkSeen;
    private String tier = "";
    private @Nullable Map<String, Object> usage;
    private volatile @Nullable TokenUsage reported;
    private @Nullable StreamError error;

    ChatCodec(UpstreamRequest request, InstantSource clock) {
        this.request = request;
        this.clock = clock;
        this.inputRoughly = LocalCount.roughly(request.call().body().bytes().length);
    }

    @Override
    public Verdict read(StreamEvent event) {
        if (!event.hasData()) {
            return Verdict.FORWARD;
        }
        if (event.dataEquals(DONE)) {
            return Verdict.TERMINAL;
        }
        byte[] data = event.data();
        int from = event.dataFrom();
        int to = event.dataTo();
        boolean watchedSeen = spoken.read(data, from, to);
        boolean telling = watchedSeen || !chunkSeen || event.isNamed(ERROR);
        chunkSeen = true;
        return telling ? readMembers(data, from, to) : Verdict.FORWARD;
    }

    private Verdict readMembers(byte[] data, int from, int to) {
        Map<String, Object> chunk = JsonTree.members(data, from, to, CHUNK_MEMBERS);
        if (chunk == null) {
            return Verdict.FORWARD;
        }
        if (chunk.containsKey("error")) {
            error = OpenAiFaults.inStream(Arrays.copyOfRange(data, from, to), chunk.get("error"), clock.instant());
            return Verdict.ERROR;
        }
        if (chunk.get("service_tier") instanceof String told) {
            tier = told;
        }
        if (!chunk.containsKey("usage")) {
            return Verdict.FORWARD;
        }
        usage = JsonTree.object(chunk.get("usage"));
        if (report() instanceof UsageReport.Reported known) {
            reported = known.usage().tokens();
        }
        boolean usageOnly = chunk.get("choices") instanceof List<?> choices && choices.isEmpty();
        return usageOnly && !request.call().body().usageAsked() ? Verdict.DROP : Verdict.FORWARD;
    }

    private UsageReport report() {
        return usage == null
                ? new UsageReport.Missing("no usage")
                : ChatUsage.read(usage, served(), spoken.bytes() > 0);
    }

    private Served served() {
        String lower = tier.toLowerCase(Locale.ROOT);
        boolean ordinary =
                lower.isEmpty() || lower.equals("default") || lower.equals("auto") || lower.equals("standard");
        return ordinary ? Served.ORDINARY : new Served(lower, null, null);
    }

    @Override
    public boolean hasContent() {
        return spoken.bytes() > 0;
    }

    @Override
    public boolean isUsageKnown() {
        return reported != null;
    }

    @Override
    public TokenUsage progress() {
        TokenUsage known = reported;
        return known != null ? known : TokenUsage.of(inputRoughly, LocalCount.roughly(spoken.bytes()));
    }

    @Override
    public StreamError streamError() {
        return Objects.requireNonNull(error, "no error event was read");
    }

    @Override
    public Metered streamed(boolean ended) {
        return Settled.of(report(), request.contextWindow(), this::counted);
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, CHUNK_MEMBERS);
        if (members == null) {
            return OpenAiFaults.unreadable();
        }
        Object inside = members.get("error");
        return inside == null ? null : OpenAiFaults.inStream(body, inside, clock.instant());
    }

    @Override
    public Metered whole(byte[] body) {
        var unused = spoken.read(body, 0, body.length);
        Map<String, Object> members = JsonTree.members(body, 0, body.length, CHUNK_MEMBERS);
        if (members != null) {
            tier = JsonTree.text(members.get("service_tier"));
            usage = members.containsKey("usage") ? JsonTree.object(members.get("usage")) : null;
        }
        return Settled.of(report(), request.contextWindow(), this::counted);
    }

    private Usage counted() {
        TokenUsage tokens = TokenUsage.of(LocalCount.input(request.call().body().bytes()), LocalCount.output(spoken));
        return new Usage(List.of(new UsagePart(null, tokens)), UnitUsage.NONE, served());
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return OpenAiFaults.of(status, headers, body, clock.instant());
    }
}
