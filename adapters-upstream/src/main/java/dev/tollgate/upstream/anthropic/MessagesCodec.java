package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.ByteSearch;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import dev.tollgate.upstream.meter.MeteringCodec;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to messages: input is known from {@code message_start}, the rest from {@code message_delta}, and
 * {@code message_stop} is the end.
 */
class MessagesCodec extends MeteringCodec {
    private static final byte[] STOP = "message_stop".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final Set<String> EVENT_MEMBERS =
            Set.of("type", "message", "delta", "content_block", "usage", "error");
    private static final Set<String> BODY_MEMBERS = Set.of("type", "container", "usage", "error");

    private static final String FILE_ID = "file_id";
    private static final ByteSearch FILE = ByteSearch.of(FILE_ID);
    private static final Set<String> CONTENT = Set.of("content");

    private final LeftBehind leftBehind = new LeftBehind();
    private Map<String, Object> start = Map.of();
    private Map<String, Object> end = Map.of();
    private boolean falling;

    MessagesCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock, "usage", FILE_ID);
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        if (event.isNamed(STOP)) {
            return Verdict.TERMINAL;
        }
        boolean seen = speaks(event.data(), event.dataFrom(), event.dataTo());
        boolean telling = seen || !event.hasName() || event.isNamed(ERROR);
        return telling ? readMembers(event.data(), event.dataFrom(), event.dataTo()) : Verdict.FORWARD;
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
                return failed(AnthropicFaults.inStream(Arrays.copyOfRange(data, from, to), event.get("error"), now()));
            }
            case "message_start" -> {
                Map<String, Object> message = JsonTree.object(event.get("message"));
                leftBehind.container(message.get("container"));
                started(JsonTree.object(message.get("usage")));
            }
            case "content_block_start" -> leftBehind.files(event.get("content_block"));
            case "message_delta" -> {
                leftBehind.container(JsonTree.object(event.get("delta")).get("container"));
                ended(JsonTree.object(event.get("usage")));
            }
            default -> {}
        }
        return Verdict.FORWARD;
    }

    private void started(Map<String, Object> usage) {
        start = usage;
        noted(MessagesUsage.read(usage, false), false);
    }

    private void ended(Map<String, Object> usage) {
        if (usage.isEmpty()) {
            return;
        }
        falling |= end.get("output_tokens") instanceof Long before
                && usage.get("output_tokens") instanceof Long after
                && after < before;
        end = MessagesUsage.overridden(end, usage);
        noted(report(), true);
    }

    @Override
    protected void readWhole(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, BODY_MEMBERS);
        end = members == null ? Map.of() : JsonTree.object(members.get("usage"));
        leftBehind.container(members == null ? null : members.get("container"));
        if (members != null && FILE.isIn(body)) {
            leftBehind.files(JsonTree.members(body, 0, body.length, CONTENT));
        }
    }

    @Override
    protected List<String> created() {
        return leftBehind.ids();
    }

    @Override
    protected UsageReport report() {
        if (end.isEmpty()) {
            return new UsageReport.Missing("no usage at the end");
        }
        if (falling) {
            return new UsageReport.Nonsense("output_tokens falling");
        }
        return MessagesUsage.read(MessagesUsage.overridden(start, end), hasSpoken());
    }

    @Override
    protected UsageReport cutOff() {
        UsageReport report = report();
        boolean hasBegun = report instanceof UsageReport.Missing && !start.isEmpty();
        return hasBegun ? begun(MessagesUsage.read(start, false)) : report;
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, BODY_MEMBERS);
        if (members == null) {
            return Faults.unreadable();
        }
        boolean failed = JsonTree.text(members.get("type")).equals("error");
        return failed ? AnthropicFaults.inStream(body, members.get("error"), now()) : null;
    }

    @Override
    public @Nullable Fault warning(int status, HttpHeaders headers) {
        return UnifiedLimits.of(headers).warning(status);
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return AnthropicFaults.of(status, headers, body, now());
    }
}
