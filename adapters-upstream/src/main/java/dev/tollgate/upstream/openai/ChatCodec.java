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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an answer to a chat completion: usage is in the last chunks, the end is {@code [DONE]}. */
final class ChatCodec extends MeteringCodec {
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final Set<String> CHUNK_MEMBERS = Set.of("usage", "choices", "service_tier", "error");

    private boolean chunkSeen;
    private String tier = "";
    private @Nullable Map<String, Object> usage;

    ChatCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock, "usage", "error");
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        if (event.dataEquals(DONE)) {
            return Verdict.TERMINAL;
        }
        boolean watchedSeen = speaks(event.data(), event.dataFrom(), event.dataTo());
        boolean telling = watchedSeen || !chunkSeen || event.isNamed(ERROR);
        chunkSeen = true;
        return telling ? readMembers(event.data(), event.dataFrom(), event.dataTo()) : Verdict.FORWARD;
    }

    private Verdict readMembers(byte[] data, int from, int to) {
        Map<String, Object> chunk = JsonTree.members(data, from, to, CHUNK_MEMBERS);
        if (chunk == null) {
            return Verdict.FORWARD;
        }
        if (chunk.containsKey("error")) {
            return failed(OpenAiFaults.inStream(Arrays.copyOfRange(data, from, to), chunk.get("error"), now()));
        }
        if (chunk.get("service_tier") instanceof String told) {
            tier = told;
        }
        if (!chunk.containsKey("usage")) {
            return Verdict.FORWARD;
        }
        usage = JsonTree.object(chunk.get("usage"));
        noted(report(), true);
        boolean usageOnly = chunk.get("choices") instanceof List<?> choices && choices.isEmpty();
        return usageOnly && !request().call().body().usageAsked() ? Verdict.DROP : Verdict.FORWARD;
    }

    @Override
    protected void readWhole(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, CHUNK_MEMBERS);
        if (members != null) {
            tier = JsonTree.text(members.get("service_tier"));
            usage = members.containsKey("usage") ? JsonTree.object(members.get("usage")) : null;
        }
    }

    @Override
    protected UsageReport report() {
        return usage == null ? new UsageReport.Missing("no usage") : ChatUsage.read(usage, served(), hasSpoken());
    }

    @Override
    protected Served served() {
        String lower = tier.toLowerCase(Locale.ROOT);
        boolean ordinary =
                lower.isEmpty() || lower.equals("default") || lower.equals("auto") || lower.equals("standard");
        return ordinary ? Served.ORDINARY : new Served(lower, null, null);
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, CHUNK_MEMBERS);
        if (members == null) {
            return Faults.unreadable();
        }
        Object inside = members.get("error");
        return inside == null ? null : OpenAiFaults.inStream(body, inside, now());
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return OpenAiFaults.of(status, headers, body, now());
    }
}
