package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.meter.JsonTree;
import java.util.Map;
import java.util.Set;

/** What an error says. */
public final class BedrockWords {
    private BedrockWords() {}

    /** The {@code message} of an error's body, spelt {@code Message} at times, or the plain text of an error frame. */
    public static String of(byte[] body) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("message", "Message"));
        if (members == null) {
            String text = new String(body, UTF_8).strip();
            return text.startsWith("<") || text.startsWith("{") ? "" : text;
        }
        String message = JsonTree.text(members.get("message"));
        return message.isEmpty() ? JsonTree.text(members.get("Message")) : message;
    }
}
