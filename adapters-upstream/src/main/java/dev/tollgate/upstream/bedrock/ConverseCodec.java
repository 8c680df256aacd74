package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.Framing;
import dev.tollgate.upstream.http.JsonEdits;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import dev.tollgate.upstream.meter.MeteringCodec;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an answer to Converse: usage is in {@code metadata}, which comes after {@code messageStop} and is the end. */
final class ConverseCodec extends MeteringCodec {
    private static final byte[] METADATA = "metadata".getBytes(UTF_8);
    private static final byte[] STOP = "messageStop".getBytes(UTF_8);
    private static final String GUARDED = "guardrail_intervened";
    private static final String TOOL_USE = "toolUse";
    private static final Set<String> MEMBERS = Set.of("usage", "serviceTier", "stopReason");
    private static final Set<String> ANSWERS = Set.of("output", "usage", "stopReason");
    private static final Set<String> ORDINARY_TIERS = Set.of("", "default");

    private Map<String, Object> usage = Map.of();
    private String tier = "";
    private boolean guarded;
    private boolean metadataRead;
    private boolean stopRead;

    ConverseCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock, TOOL_USE);
    }

    @Override
    public Framing framing(HttpHeaders headers) {
        return Framing.AMAZON_EVENTS;
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        if (BedrockFaults.isFault(event)) {
            return failed(BedrockFaults.inStream(event, now()));
        }
        if (event.isNamed(METADATA) || event.isNamed(STOP)) {
            return readEnd(event);
        }
        if (speaks(event.data(), event.dataFrom(), event.dataTo())) {
            hearArguments(event);
        }
        return Verdict.FORWARD;
    }

    /** Recorded streams all end with the metadata; the end is both of them, whichever comes last. */
    private Verdict readEnd(StreamEvent event) {
        metadataRead |= event.isNamed(METADATA);
        stopRead |= event.isNamed(STOP);
        readMembers(JsonTree.members(event.data(), event.dataFrom(), event.dataTo(), MEMBERS));
        noted(report(), true);
        return metadataRead && stopRead ? Verdict.TERMINAL : Verdict.FORWARD;
    }

    /** A tool's arguments are said too, under a name that elsewhere means no words. */
    private void hearArguments(StreamEvent event) {
        Map<String, Object> members = JsonTree.members(event.data(), event.dataFrom(), event.dataTo(), Set.of("delta"));
        Map<String, Object> delta = members == null ? Map.of() : JsonTree.object(members.get("delta"));
        String piece = JsonTree.text(JsonTree.object(delta.get(TOOL_USE)).get("input"));
        if (!piece.isEmpty()) {
            byte[] words = ("{\"arguments\":" + JsonEdits.quoted(piece) + "}").getBytes(UTF_8);
            boolean unused = speaks(words, 0, words.length);
        }
    }

    private void readMembers(@Nullable Map<String, Object> members) {
        if (members == null) {
            return;
        }
        if (members.containsKey("usage")) {
            usage = JsonTree.object(members.get("usage"));
        }
        if (members.containsKey("serviceTier")) {
            tier = JsonTree.text(JsonTree.object(members.get("serviceTier")).get("type"));
        }
        guarded |= JsonTree.text(members.get("stopReason")).equals(GUARDED);
    }

    @Override
    protected void readWhole(byte[] body) {
        readMembers(JsonTree.members(body, 0, body.length, MEMBERS));
    }

    @Override
    protected Served served() {
        String told = tier.toLowerCase(Locale.ROOT);
        return ORDINARY_TIERS.contains(told) ? Served.ORDINARY : new Served(told, null, null);
    }

    @Override
    protected UsageReport report() {
        return ConverseUsage.read(usage, served(), hasSpoken(), guarded);
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        return BedrockFaults.inWhole(body, ANSWERS);
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return BedrockFaults.of(status, headers, body, now());
    }
}
