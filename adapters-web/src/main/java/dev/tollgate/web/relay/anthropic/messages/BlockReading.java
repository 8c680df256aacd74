package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.Findings;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of one body's messages, in order: a tool result finds its call among those read before. */
final class BlockReading {
    private final Findings findings;
    private final Map<String, String> toolNames = new HashMap<>();

    /** What Gemini wants back with the next tool call; {@link MessagesWriter} wrote it as a block of its own. */
    private @Nullable Signature ofNextCall;

    BlockReading(Findings findings) {
        this.findings = findings;
    }

    List<Part> parts(List<Members> blocks) {
        List<Part> parts = new ArrayList<>();
        for (Members block : blocks) {
            parts.addAll(parts(block));
        }
        ofNextCall = null;
        return parts;
    }

    private List<Part> parts(Members block) {
        if (block.has("cache_control")) {
            findings.drop("cache_control");
        }
        String type = block.needText("type");
        List<Part> parts = ours(type, block);
        if (parts == null) {
            return HostedToolText.parts(type, block);
        }
        block.dropRest();
        return parts;
    }

    /** Null for a block that only the provider's own tools leave. */
    private @Nullable List<Part> ours(String type, Members block) {
        return switch (type) {
            case "text" -> text(block.needText("text"));
            case "image" -> MediaReading.image(block);
            case "document" -> MediaReading.document(block);
            case "search_result" -> List.of(MediaReading.searchResult(block));
            case "tool_use" -> List.of(toolCall(block));
            case "tool_result" -> List.of(toolResult(block));
            case "thinking" -> List.of(thinking(block));
            case "redacted_thinking" -> redacted(block);
            default -> null;
        };
    }

    /** Empty texts say nothing, and most platforms refuse them. */
    private static List<Part> text(String text) {
        return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }

    private Part toolCall(Members block) {
        String id = ToolIds.read(block.needText("id"));
        String name = block.needText("name");
        Members input = block.object("input");
        RawJson arguments = input == null ? RawJson.EMPTY_OBJECT : block.raw("input");
        toolNames.put(id, name);
        Signature signature = ofNextCall;
        ofNextCall = null;
        return new Part.ToolCall(id, name, arguments == null ? RawJson.EMPTY_OBJECT : arguments, signature);
    }

    private Part toolResult(Members block) {
        String id = ToolIds.read(block.needText("tool_use_id"));
        boolean isError = block.isTrue("is_error");
        return new Part.ToolResult(id, toolNames.get(id), resultContent(block), isError);
    }

    private List<Part> resultContent(Members block) {
        JsonNode content = block.value("content");
        if (content == null) {
            return List.of();
        }
        if (content.isTextual()) {
            return text(content.textValue());
        }
        return new BlockReading(findings).parts(block.objects("content"));
    }

    private static Part thinking(Members block) {
        String signature = block.text("signature");
        return new Part.Thinking(
                block.needText("thinking"),
                signature == null || signature.isEmpty() ? null : Signature.of(signature, Signature.ANTHROPIC));
    }

    private List<Part> redacted(Members block) {
        Signature data = Signature.of(block.needText("data"), Signature.ANTHROPIC);
        if (data.isFrom(Signature.GEMINI)) {
            ofNextCall = data;
            return List.of();
        }
        return List.of(new Part.Redacted(data));
    }
}
