package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.conversation.BlockMessages;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns as messages of content blocks. */
final class MessagesBlocks {
    private final FittedNames names;
    private final FittedNames ids;
    private final Losses losses;
    private final MessagesFiles files;

    MessagesBlocks(FittedNames names, FittedNames ids, Losses losses) {
        this.names = names;
        this.ids = ids;
        this.losses = losses;
        this.files = new MessagesFiles(losses);
    }

    ArrayNode messages(List<Turn> turns) {
        return BlockMessages.of(turns, this::content);
    }

    private ArrayNode content(List<Part> parts) {
        ArrayNode content = Json.array();
        parts.stream().map(this::block).filter(Objects::nonNull).forEach(content::add);
        return content;
    }

    private @Nullable ObjectNode block(Part part) {
        return switch (part) {
            case Part.Text(String text) -> text.isBlank() ? null : text(text);
            case Part.Refusal(String text) -> text(text);
            case Part.Image(Media media, String detail) -> files.image(media);
            case Part.Document(Media media, String name) -> files.document(media, name);
            case Part.Audio audio -> {
                losses.refuse(CallerField.AUDIO, "Claude models take no sound");
                yield null;
            }
            case Part.Thinking(String text, Signature signature) ->
                typed("thinking").put("thinking", text).put("signature", signature == null ? "" : signature.value());
            case Part.Redacted(Signature data) -> typed("redacted_thinking").put("data", data.value());
            case Part.ToolCall call ->
                typed("tool_use")
                        .put("id", ids.fit(call.id()))
                        .put("name", names.fit(call.name()))
                        .set("input", Json.object(call.arguments(), "input"));
            case Part.ToolResult result -> result(result);
        };
    }

    private ObjectNode result(Part.ToolResult result) {
        ObjectNode block = typed("tool_result").put("tool_use_id", ids.fit(result.callId()));
        ArrayNode content = content(result.content());
        if (!content.isEmpty()) {
            block.set("content", content);
        }
        return result.isError() ? block.put("is_error", true) : block;
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    private static ObjectNode text(String text) {
        return typed("text").put("text", text);
    }
}
