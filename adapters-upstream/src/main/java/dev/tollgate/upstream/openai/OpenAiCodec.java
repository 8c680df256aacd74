package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import dev.tollgate.upstream.meter.MeteringCodec;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the answers of OpenAI's APIs have in common: their errors, the tier they were served at, the shape of usage. */
abstract class OpenAiCodec extends MeteringCodec {
    static final byte[] DONE = "[DONE]".getBytes(UTF_8);
    static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final Set<String> ORDINARY_TIERS = Set.of("", "default", "auto", "standard");
    private static final Set<String> ERROR_ONLY = Set.of("error");
    private static final Set<String> TYPED = Set.of("type", "usage", "error", "code", "message");

    private String tier = "";

    OpenAiCodec(UpstreamRequest request, InstantSource clock, String... watched) {
        super(request, clock, watched);
    }

    /** Takes note of a {@code service_tier}, if it is one. */
    final void servedAt(@Nullable Object told) {
        tier = told instanceof String text ? text.toLowerCase(Locale.ROOT) : tier;
    }

    @Override
    protected final Served served() {
        return ORDINARY_TIERS.contains(tier) ? Served.ORDINARY : new Served(tier, null, null);
    }

    final UsageReport read(OpenAiUsage.Names names, @Nullable Map<String, Object> usage) {
        return usage == null
                ? new UsageReport.Missing("no usage")
                : OpenAiUsage.read(names, usage, units(), served(), hasSpoken());
    }

    /** What an API makes of an event that is neither the end mark nor an error. */
    @FunctionalInterface
    interface TypedJudge {
        Verdict judge(String type, Map<String, Object> members);
    }

    /** Judges an event whose JSON says what it is; of its members {@code usage} is told. */
    final Verdict judgeTyped(StreamEvent event, TypedJudge judge) {
        if (event.dataEquals(DONE)) {
            return Verdict.TERMINAL;
        }
        Map<String, Object> members = JsonTree.members(event.data(), event.dataFrom(), event.dataTo(), TYPED);
        if (members == null) {
            return Verdict.FORWARD;
        }
        String type = JsonTree.text(members.get("type"));
        if (type.equals("error") || members.containsKey("error")) {
            Map<String, Object> nested = JsonTree.object(members.get("error"));
            return failed(OpenAiFaults.inside(nested.isEmpty() ? members : nested, now()));
        }
        return judge.judge(type, members);
    }

    /** Whether a success must be a JSON object. */
    boolean mustBeJson() {
        return true;
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, ERROR_ONLY);
        if (members == null) {
            return mustBeJson() ? Faults.unreadable() : null;
        }
        Object inside = members.get("error");
        return inside == null ? null : OpenAiFaults.inside(body, inside, now());
    }

    @Override
    public final Fault fault(int status, HttpHeaders headers, byte[] body) {
        return OpenAiFaults.of(status, headers, body, now());
    }
}
