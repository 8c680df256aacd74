package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to a chat completion, a completion or an embedding: usage is in the last chunks, the end is
 * {@code [DONE]}. Some compatible servers leave that out, so whatever follows the last {@code finish_reason} may be the
 * end; and some tell usage with every chunk, of which the last counts.
 */
final class ChatCodec extends OpenAiCodec {
    private static final Set<String> CHUNK_MEMBERS = Set.of("usage", "choices", "service_tier", "error");
    private static final Set<String> BODY_MEMBERS = Set.of("usage", "service_tier");

    private final int choicesAsked;
    private int choicesFinished;
    private boolean chunkSeen;
    private @Nullable Map<String, Object> usage;

    ChatCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock, "usage", "error", "finish_reason");
        this.choicesAsked = request.call().body().bounds().choices();
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        if (event.dataEquals(DONE)) {
            return Verdict.TERMINAL;
        }
        boolean watchedSeen = speaks(event.data(), event.dataFrom(), event.dataTo());
        boolean telling = watchedSeen || !chunkSeen || event.isNamed(ERROR);
        chunkSeen = true;
        return telling ? readMembers(event.data(), event.dataFrom(), event.dataTo()) : forward();
    }

    private Verdict readMembers(byte[] data, int from, int to) {
        Map<String, Object> chunk = JsonTree.members(data, from, to, CHUNK_MEMBERS);
        if (chunk == null) {
            return forward();
        }
        if (chunk.containsKey("error")) {
            return failed(OpenAiFaults.inside(Arrays.copyOfRange(data, from, to), chunk.get("error"), now()));
        }
        servedAt(chunk.get("service_tier"));
        List<?> choices = chunk.get("choices") instanceof List<?> list ? list : null;
        if (choices != null) {
            choicesFinished += (int) choices.stream()
                    .filter(choice -> !JsonTree.text(JsonTree.object(choice).get("finish_reason"))
                            .isEmpty())
                    .count();
        }
        if (!chunk.containsKey("usage")) {
            return forward();
        }
        usage = JsonTree.object(chunk.get("usage"));
        boolean usageOnly = choices != null && choices.isEmpty();
        noted(report(), usageOnly || isFinished());
        return usageOnly && !request().call().body().usageAsked() ? Verdict.DROP : forward();
    }

    private boolean isFinished() {
        return choicesFinished >= choicesAsked;
    }

    private Verdict forward() {
        return isFinished() ? Verdict.HOLD : Verdict.FORWARD;
    }

    @Override
    protected void readWhole(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, BODY_MEMBERS);
        if (members != null) {
            servedAt(members.get("service_tier"));
            usage = members.containsKey("usage") ? JsonTree.object(members.get("usage")) : null;
        }
    }

    @Override
    protected UsageReport report() {
        return read(OpenAiUsage.Names.CHAT, usage);
    }

    @Override
    protected UsageReport cutOff() {
        return isUsageKnown() ? report() : begun(report());
    }
}
