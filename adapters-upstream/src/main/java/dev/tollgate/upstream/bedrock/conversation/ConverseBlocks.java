package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.conversation.BlockMessages;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Medium;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns as messages of content blocks. */
final class ConverseBlocks {
    private final FittedNames names;
    private final FittedNames ids;
    private final Losses losses;
    private final ConverseDocuments documents;

    ConverseBlocks(FittedNames names, FittedNames ids, Losses losses) {
        this.names = names;
        this.ids = ids;
        this.losses = losses;
        this.documents = new ConverseDocuments(losses);
    }

    ArrayNode messages(List<Turn> turns) {
        return BlockMessages.of(turns, this::said);
    }

    /** A document without a word beside it is refused. */
    private ArrayNode said(List<Part> parts) {
        ArrayNode content = content(parts);
        if (has(content, "document") && !has(content, "text")) {
            content.add(text("Read the document."));
        }
        return content;
    }

    private static boolean has(ArrayNode content, String kind) {
        for (JsonNode block : content) {
            if (block.has(kind)) {
                return true;
            }
        }
        return false;
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
            case Part.Image image -> image(image.media());
            case Part.Document(Media media, String name) ->
                Medium.isImage(media) ? image(media) : documents.block(media, name);
            case Part.Audio(Media.Inline media) -> audio(media);
            case Part.Thinking thinking -> {
                ObjectNode told = Json.object().put("text", thinking.text());
                if (thinking.signature() != null) {
                    told.put("signature", thinking.signature().value());
                }
                yield under("reasoningContent", Json.object().set("reasoningText", told));
            }
            case Part.Redacted redacted ->
                under(
                        "reasoningContent",
                        Json.object().put("redactedContent", redacted.data().value()));
            case Part.ToolCall call ->
                under(
                        "toolUse",
                        Json.object()
                                .put("toolUseId", ids.fit(call.id()))
                                .put("name", names.fit(call.name()))
                                .set("input", Json.object(call.arguments(), "input")));
            case Part.ToolResult result -> under("toolResult", result(result));
        };
    }

    private static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    private static ObjectNode under(String name, ObjectNode value) {
        return Json.object().set(name, value);
    }

    private ObjectNode result(Part.ToolResult result) {
        ArrayNode content = content(result.content());
        if (content.isEmpty()) { // a result must say something
            content.add(text("(empty)"));
        }
        ObjectNode told = Json.object().put("toolUseId", ids.fit(result.callId()));
        told.set("content", content);
        return result.isError() ? told.put("status", "error") : told;
    }

    private @Nullable ObjectNode image(Media media) {
        if (!(media instanceof Media.Inline inline)) {
            losses.refuse(CallerField.IMAGE, "This platform takes no images by their address: send their bytes");
            return null;
        }
        return media(inline, "image", Formats.image(Medium.type(inline)), CallerField.IMAGE);
    }

    private @Nullable ObjectNode audio(Media.Inline inline) {
        return media(inline, "audio", Formats.audio(Medium.type(inline)), CallerField.AUDIO);
    }

    private @Nullable ObjectNode media(Media.Inline inline, String kind, @Nullable String format, CallerField field) {
        if (format == null) {
            losses.refuse(field, "This platform takes no " + kind + " of type " + inline.mimeType());
            return null;
        }
        ObjectNode told = Json.object().put("format", format);
        told.putObject("source").put("bytes", inline.base64());
        return under(kind, told);
    }
}
