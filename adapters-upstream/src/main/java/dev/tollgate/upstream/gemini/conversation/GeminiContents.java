package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Medium;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns as contents of parts. */
final class GeminiContents {
    private final FittedNames names;
    private final GeminiModel model;
    private final GeminiFiles files;

    GeminiContents(FittedNames names, GeminiModel model, Losses losses) {
        this.names = names;
        this.model = model;
        this.files = new GeminiFiles(losses);
    }

    /** Whether a part has a form here: hidden thinking has none, an empty thought is refused. */
    static boolean hasForm(Part part) {
        return switch (part) {
            case Part.Thinking(String text, Signature signature) -> !text.isEmpty();
            case Part.Redacted redacted -> false;
            default -> true;
        };
    }

    private static boolean isOwn(@Nullable Signature signature) {
        return signature != null && signature.isFrom(Signature.GEMINI);
    }

    ArrayNode write(List<Turn> turns) {
        ArrayNode contents = Json.array();
        for (Turn turn : turns) {
            boolean assistant = turn.role() == Turn.Role.ASSISTANT;
            contents.addObject().put("role", assistant ? "model" : "user").set("parts", parts(turn.parts()));
        }
        return contents;
    }

    private ArrayNode parts(List<Part> parts) {
        ArrayNode told = Json.array();
        List<Part> fromTools = new ArrayList<>();
        boolean called = false;
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                told.add(result(result));
                result.content().stream().filter(each -> !isText(each)).forEach(fromTools::add);
                continue;
            }
            fromTools.forEach(each -> add(told, part(each, false)));
            fromTools.clear();
            add(told, part(part, called));
            called |= part instanceof Part.ToolCall;
        }
        fromTools.forEach(each -> add(told, part(each, false)));
        return told;
    }

    private static void add(ArrayNode parts, @Nullable ObjectNode part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private @Nullable ObjectNode part(Part part, boolean afterACall) {
        return switch (part) {
            case Part.Text(String text) -> text(text);
            case Part.Refusal(String text) -> text(text);
            case Part.Thinking(String text, Signature signature) ->
                signed(text(text).put("thought", true), signature);
            case Part.Image(Media media, String detail) -> files.inline(media, CallerField.IMAGE);
            case Part.Document(Media media, String name) -> files.document(media);
            case Part.Audio(Media.Inline media) -> files.inline(media, CallerField.AUDIO);
            case Part.ToolCall call -> call(call, afterACall);
            case Part.ToolResult result -> result(result);
            case Part.Redacted redacted -> null;
        };
    }

    private static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    private static ObjectNode signed(ObjectNode part, @Nullable Signature signature) {
        return isOwn(signature) && signature != null ? part.put("thoughtSignature", signature.value()) : part;
    }

    /** Of calls made at once only the first is signed. */
    private ObjectNode call(Part.ToolCall call, boolean afterACall) {
        ObjectNode part = Json.object();
        part.putObject("functionCall")
                .put("name", names.fit(call.name()))
                .set("args", Json.object(call.arguments(), "input"));
        String filler = afterACall || isOwn(call.signature()) ? null : model.filler();
        return filler == null ? signed(part, call.signature()) : part.put("thoughtSignature", filler);
    }

    /** The response must be an object; {@code output} and {@code error} are the names Google gives its members. */
    private ObjectNode result(Part.ToolResult result) {
        String text = result.content().stream()
                .filter(GeminiContents::isText)
                .map(part -> part instanceof Part.Document(Media media, String name) ? Medium.text(media) : said(part))
                .collect(Collectors.joining("\n"));
        ObjectNode part = Json.object();
        String name = result.name() == null ? result.callId() : result.name();
        part.putObject("functionResponse")
                .put("name", names.fit(name))
                .putObject("response")
                .put(result.isError() ? "error" : "output", text);
        return part;
    }

    private static boolean isText(Part part) {
        return part instanceof Part.Document(Media media, String name)
                ? Medium.text(media) != null
                : !said(part).isEmpty();
    }

    private static String said(Part part) {
        return switch (part) {
            case Part.Text(String text) -> text;
            case Part.Refusal(String text) -> text;
            default -> "";
        };
    }
}
