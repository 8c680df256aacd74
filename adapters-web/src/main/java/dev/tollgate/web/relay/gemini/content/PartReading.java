package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the parts of one body's contents, in order: a function's response finds its call among those read before. */
final class PartReading {
    private final CallIds ids = new CallIds();

    /** What a part says; nothing if it says nothing other platforms could read. */
    List<Part> parts(ProtoMembers part) {
        String signature = part.text("thoughtSignature");
        List<Part> read = read(part, signature == null ? null : ThoughtSignature.read(signature));
        part.dropRest();
        return read;
    }

    private List<Part> read(ProtoMembers part, @Nullable ThoughtSignature signature) {
        ProtoMembers call = part.object("functionCall");
        if (call != null) {
            return List.of(functionCall(call, signature));
        }
        ProtoMembers response = part.object("functionResponse");
        if (response != null) {
            return List.of(functionResponse(response));
        }
        ProtoMembers code = part.object("executableCode");
        if (code != null) {
            return List.of(code(code));
        }
        ProtoMembers result = part.object("codeExecutionResult");
        if (result != null) {
            result.pass("outcome", "id");
            return text(result.text("output"));
        }
        List<Part> media = MediaReading.media(part);
        return media.isEmpty() ? said(part, signature) : media;
    }

    private static List<Part> said(ProtoMembers part, @Nullable ThoughtSignature signature) {
        String text = part.text("text");
        if (!part.isTrue("thought")) {
            return text(text);
        }
        if (signature != null && signature.isRedacted()) {
            return List.of(new Part.Redacted(signature.signature()));
        }
        return List.of(new Part.Thinking(text == null ? "" : text, signature == null ? null : signature.signature()));
    }

    private static List<Part> text(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }

    private static Part code(ProtoMembers code) {
        String language = code.text("language");
        String name = language == null ? "" : language.toLowerCase(Locale.ROOT);
        code.pass("id");
        return new Part.Text("```" + name + "\n" + code.needText("code") + "\n```\n");
    }

    private Part functionCall(ProtoMembers call, @Nullable ThoughtSignature signature) {
        String name = call.needText("name");
        String id = ids.call(name, call.text("id"));
        RawJson arguments = call.object("args") == null ? null : call.raw("args");
        call.dropRest();
        return new Part.ToolCall(
                id,
                name,
                arguments == null ? RawJson.EMPTY_OBJECT : arguments,
                signature == null ? null : signature.signature());
    }

    private Part functionResponse(ProtoMembers response) {
        String name = response.needText("name");
        String id = ids.response(name, response.text("id"));
        List<Part> content = new ArrayList<>();
        boolean isError = false;
        if (response.object("response") != null && response.value("response") instanceof ObjectNode object) {
            isError = object.size() == 1 && object.has("error");
            content.addAll(text(words(object)));
        }
        for (ProtoMembers part : response.objects("parts")) {
            content.addAll(MediaReading.media(part));
            part.dropRest();
        }
        response.dropRest();
        return new Part.ToolResult(id, name, content, isError);
    }

    /** The object's text; only its value where it is one by the names Google gives them. */
    private static String words(ObjectNode response) {
        for (String name : List.of("output", "result", "error")) {
            JsonNode value = response.get(name);
            if (response.size() == 1 && value != null) {
                return value.isTextual() ? value.textValue() : value.toString();
            }
        }
        return response.toString();
    }
}
