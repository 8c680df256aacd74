package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.PairedTurns;
import java.util.ArrayList;
import java.util.List;

/** Turns as messages. */
final class ChatMessages {
    private final FittedNames names;
    private final FittedNames ids;
    private final ChatModel model;
    private final Losses losses;
    private final ChatContent contents;
    private final ArrayNode messages = Json.array();

    ChatMessages(FittedNames names, FittedNames ids, ChatModel model, Losses losses) {
        this.names = names;
        this.ids = ids;
        this.model = model;
        this.losses = losses;
        this.contents = new ChatContent(losses);
    }

    ArrayNode write(List<Turn> turns) {
        for (Turn turn : PairedTurns.of(turns)) {
            switch (turn.role()) {
                case SYSTEM -> message(model.isReasoning() ? "developer" : "system", turn.parts());
                case USER -> user(turn.parts());
                case ASSISTANT -> assistant(turn.parts());
            }
        }
        if (messages.isEmpty()) {
            losses.refuse(CallerField.TURNS, "There is nothing to answer");
        }
        return messages;
    }

    private void message(String role, List<Part> parts) {
        ArrayNode content = contents.of(parts);
        if (!content.isEmpty()) {
            messages.addObject().put("role", role).set("content", ChatContent.simple(content));
        }
    }

    /** Results of tools are texts; pictures and files in them follow as the user's, after the last of the results. */
    private void user(List<Part> parts) {
        List<Part> said = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", ids.fit(result.callId()))
                        .put("content", contents.texts(result.content()));
                said.addAll(contents.others(result.content()));
            } else {
                said.add(part);
            }
        }
        message("user", said);
    }

    private void assistant(List<Part> parts) {
        List<String> texts = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        ArrayNode calls = Json.array();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text) -> texts.add(text);
                case Part.Refusal(String text) -> refusals.add(text);
                case Part.ToolCall call -> calls.add(call(call));
                case Part.Thinking foreign -> {}
                case Part.Redacted foreign -> {}
                case Part.ToolResult misplaced -> {}
                case Part.Image image -> losses.refuse(CallerField.IMAGE, ofTheAssistant());
                case Part.Document document -> losses.refuse(CallerField.DOCUMENT, ofTheAssistant());
                case Part.Audio audio -> losses.refuse(CallerField.AUDIO, ofTheAssistant());
            }
        }
        String text = String.join(
                "\n\n", texts.stream().filter(each -> !each.isEmpty()).toList());
        String refusal = String.join("", refusals);
        if (text.isEmpty() && refusal.isEmpty() && calls.isEmpty()) {
            return;
        }
        ObjectNode message = messages.addObject().put("role", "assistant");
        message.put("content", text.isEmpty() ? null : text);
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    private static String ofTheAssistant() {
        return "This platform takes only text in the assistant's turns";
    }

    /** A Gemini model behind chat completions wants its signature back; OpenAI refuses members it does not know. */
    private ObjectNode call(Part.ToolCall call) {
        ObjectNode told = Json.object().put("id", ids.fit(call.id())).put("type", "function");
        told.putObject("function")
                .put("name", names.fit(call.name()))
                .put("arguments", call.arguments().text());
        Signature signature = call.signature();
        if (model.kind() == ChatModel.Kind.GEMINI && signature != null && signature.isFrom(Signature.GEMINI)) {
            told.putObject("extra_content").putObject("google").put("thought_signature", signature.value());
        }
        return told;
    }
}
