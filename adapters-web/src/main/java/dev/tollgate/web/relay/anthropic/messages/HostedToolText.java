package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.web.relay.conversation.Members;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the provider's own tools left in a conversation, for a platform that does not have them: what they found is kept
 * as plain text as far as it is text, the rest is left out and named by its type.
 */
final class HostedToolText {
    private HostedToolText() {}

    static List<Part> parts(String type, Members block) {
        return switch (type) {
            case "web_search_tool_result" -> found(block);
            case "mcp_tool_result" -> said(block);
            case "compaction" -> summary(block);
            case "container_upload" -> {
                block.refuse("file_id", "a file of one provider is unknown to the one that serves this model");
                yield List.of();
            }
            default -> leftOut(type, block);
        };
    }

    private static List<Part> found(Members block) {
        JsonNode content = block.value("content");
        if (content == null || !content.isArray() || content.isEmpty()) {
            return leftOut("web_search_tool_result", block);
        }
        String list = StreamSupport.stream(content.spliterator(), false)
                .map(page -> "- " + page.path("title").asText() + ": "
                        + page.path("url").asText())
                .collect(Collectors.joining("\n", "Web search results:\n", ""));
        return List.of(new Part.Text(list));
    }

    private static List<Part> said(Members block) {
        JsonNode content = block.value("content");
        if (content == null) {
            return leftOut("mcp_tool_result", block);
        }
        String text = content.isTextual()
                ? content.textValue()
                : StreamSupport.stream(content.spliterator(), false)
                        .map(piece -> piece.path("text").asText())
                        .collect(Collectors.joining("\n"));
        return text.isBlank() ? List.of() : List.of(new Part.Text(text));
    }

    /** Stands for all that was said before it. */
    private static List<Part> summary(Members block) {
        String text = block.text("content");
        return text == null || text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }

    private static List<Part> leftOut(String type, Members block) {
        block.findings().drop(type);
        return List.of();
    }
}
