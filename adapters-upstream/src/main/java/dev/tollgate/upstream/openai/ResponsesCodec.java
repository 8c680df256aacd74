package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer of the Responses API: usage is in the last event's response, and there is no {@code [DONE]}. A response
 * in the background answers at once and without usage.
 */
final class ResponsesCodec extends OpenAiCodec {
    private static final byte[] DELTA = ".delta".getBytes(UTF_8);
    private static final byte[] CREATED = "response.created".getBytes(UTF_8);
    private static final byte[] ITEM_ADDED = "response.output_item.added".getBytes(UTF_8);
    private static final byte[] ITEM_DONE = "response.output_item.done".getBytes(UTF_8);
    private static final byte[] COMPLETED = "response.completed".getBytes(UTF_8);
    private static final byte[] INCOMPLETE = "response.incomplete".getBytes(UTF_8);
    private static final byte[] FAILED = "response.failed".getBytes(UTF_8);
    private static final Set<String> MEMBERS = Set.of("id", "status", "usage", "service_tier", "error");
    private static final Set<String> UNDER_WAY = Set.of("queued", "in_progress");

    private final ResponseItems items = new ResponseItems();
    private final Set<String> ids = new LinkedHashSet<>();
    private String status = "";
    private @Nullable Map<String, Object> usage;

    ResponsesCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock);
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        if (event.isNameEnding(DELTA) || event.isNamed(ITEM_ADDED)) {
            var unused = speaks(event.data(), event.dataFrom(), event.dataTo());
            return Verdict.FORWARD;
        }
        if (event.dataEquals(DONE)) {
            return Verdict.TERMINAL; // compatible servers send one
        }
        return !event.hasName() || isTelling(event) ? readEvent(event) : Verdict.FORWARD;
    }

    private static boolean isTelling(StreamEvent event) {
        return event.isNamed(CREATED) || event.isNamed(ITEM_DONE) || isLast(event) || event.isNamed(ERROR);
    }

    private static boolean isLast(StreamEvent event) {
        return event.isNamed(COMPLETED) || event.isNamed(INCOMPLETE) || event.isNamed(FAILED);
    }

    private Verdict readEvent(StreamEvent event) {
        byte[] data = event.data();
        int from = event.dataFrom();
        int to = event.dataTo();
        if (!(JsonMembers.scan(data, from, to) instanceof JsonMembers members)) {
            return isLast(event) ? Verdict.TERMINAL : Verdict.FORWARD;
        }
        String type = members.text("type");
        String untyped = members.has("error") ? "error" : ""; // compatible servers tell errors as chats do
        switch (type == null ? untyped : type) {
            case "error" -> {
                return failed(OpenAiFaults.inside(bareError(data, from, to), now()));
            }
            case "response.created" -> {
                var unused = readResponse(data, members);
            }
            case "response.output_item.done" -> readItem(data, members);
            case "response.completed", "response.incomplete" -> {
                var unused = readResponse(data, members);
                noted(report(), true);
                return Verdict.TERMINAL;
            }
            case "response.failed" -> {
                return ended(readResponse(data, members));
            }
            default -> {
                if (type != null && (type.endsWith(".delta") || type.equals("response.output_item.added"))) {
                    var unused = speaks(data, from, to);
                }
            }
        }
        return Verdict.FORWARD;
    }

    /** The SDK has the error's members in the event itself, the wire in a member {@code error}. */
    private static Map<String, Object> bareError(byte[] data, int from, int to) {
        Map<String, Object> flat = JsonTree.members(data, from, to, Set.of("error", "code", "message", "param"));
        Map<String, Object> told = flat == null ? Map.of() : flat;
        Map<String, Object> nested = JsonTree.object(told.get("error"));
        return nested.isEmpty() ? told : nested;
    }

    /** A failure that tells what it used is charged; one that does not is none of the caller's. */
    private Verdict ended(Map<String, Object> response) {
        noted(report(), true);
        return isUsageKnown()
                ? Verdict.TERMINAL
                : failed(OpenAiFaults.inside(JsonTree.object(response.get("error")), now()));
    }

    private void readItem(byte[] data, JsonMembers event) {
        JsonMembers.Value item = event.value("item");
        if (item != null) {
            items.add(data, item.start(), item.end());
        }
    }

    private Map<String, Object> readResponse(byte[] data, JsonMembers event) {
        return event.object("response") instanceof JsonMembers response ? read(data, response) : Map.of();
    }

    private Map<String, Object> read(byte[] json, JsonMembers response) {
        Map<String, Object> members = JsonTree.members(json, response.start(), response.end(), MEMBERS);
        if (members == null) {
            return Map.of();
        }
        if (members.get("id") instanceof String id) {
            ids.add(id);
        }
        status = JsonTree.text(members.get("status"));
        servedAt(members.get("service_tier"));
        usage = members.containsKey("usage") ? JsonTree.object(members.get("usage")) : usage;
        items.offered(json, response.value("tools"));
        items.are(json, response.value("output"));
        return members;
    }

    @Override
    protected void readWhole(byte[] body) {
        if (JsonMembers.scan(body) instanceof JsonMembers response) {
            var unused = read(body, response);
        }
    }

    @Override
    protected UsageReport report() {
        return read(OpenAiUsage.Names.RESPONSES, usage);
    }

    @Override
    protected UnitUsage units() {
        return items.units();
    }

    @Override
    protected List<String> created() {
        List<String> created = new ArrayList<>(ids);
        created.addAll(items.containers());
        return created;
    }

    @Override
    protected Metered settled(UsageReport report) {
        Metered settled = super.settled(report);
        if (!UNDER_WAY.contains(status) || usage != null) {
            return settled;
        }
        Set<String> flags = new HashSet<>(settled.flags());
        flags.add("background"); // what it will have used is told only to who asks for it later
        return new Metered(settled.report(), flags, settled.created());
    }
}
