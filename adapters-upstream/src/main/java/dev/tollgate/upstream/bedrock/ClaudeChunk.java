package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Claude's own event out of a frame of InvokeModelWithResponseStream, {@code {"bytes": base64, "p": filler}}, written as
 * Anthropic writes it: byte for byte, but for the metrics Bedrock adds to the last. Reused for every frame.
 */
final class ClaudeChunk {
    private static final String METRICS = "amazon-bedrock-invocationMetrics";
    private static final Set<String> LOOKED_AT = Set.of("type", METRICS);
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]+");

    private final StreamEvent event = new StreamEvent();
    private byte[] told = {};
    private boolean last;
    private Map<String, Object> metrics = Map.of();

    /** Reads a frame; false if there is no event in it. */
    boolean read(StreamEvent frame) {
        forget();
        Map<String, Object> payload = JsonTree.members(frame.data(), frame.dataFrom(), frame.dataTo(), Set.of("bytes"));
        byte[] json = payload == null ? new byte[0] : decoded(JsonTree.text(payload.get("bytes")));
        Map<String, Object> members = JsonTree.members(json, 0, json.length, LOOKED_AT);
        if (members == null) {
            return false;
        }
        String type = JsonTree.text(members.get("type"));
        last = type.equals("message_stop");
        if (members.containsKey(METRICS)) {
            metrics = JsonTree.object(members.get(METRICS));
            json = withoutMetrics(json);
        }
        told = serverSent(type, json);
        event.read(told, 0, told.length);
        return true;
    }

    /** Makes it empty: the frame at hand is nothing for the caller. */
    void forget() {
        told = new byte[0];
        last = false;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException damaged) {
            return new byte[0];
        }
    }

    private static byte[] withoutMetrics(byte[] json) {
        return JsonMembers.scan(json) instanceof JsonMembers members
                ? JsonSplice.without(json, members, Set.of(METRICS), "")
                : json;
    }

    private static byte[] serverSent(String type, byte[] json) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(json.length + 64);
        if (TYPE.matcher(type).matches()) {
            lines.writeBytes(("event: " + type + "\n").getBytes(UTF_8));
        }
        lines.writeBytes("data: ".getBytes(UTF_8));
        for (byte next : json) {
            if (next == '\n' || next == '\r') { // white space in JSON, but the end of a line here
                lines.write(' ');
            } else {
                lines.write(next);
            }
        }
        lines.writeBytes("\n\n".getBytes(UTF_8));
        return lines.toByteArray();
    }

    /** The event, for those who read Anthropic's. */
    StreamEvent event() {
        return event;
    }

    /** The event as it goes to the caller; empty if there is none. */
    byte[] told() {
        return told;
    }

    /** Whether it is what the caller takes for the end. */
    boolean isLast() {
        return last;
    }

    /** What Bedrock says it counted; empty until the last event. */
    Map<String, Object> metrics() {
        return metrics;
    }
}
