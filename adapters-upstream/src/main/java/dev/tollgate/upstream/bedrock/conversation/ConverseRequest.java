package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to Converse or ConverseStream, which have one body.
 *
 * <p>Source: Converse in the Bedrock Runtime API reference.
 */
final class ConverseRequest {
    private final Conversation conversation;
    private final UpstreamRequest request;
    private final TargetModel model;
    private final Losses losses;
    private final ConverseTools tools;

    ConverseRequest(Conversation conversation, UpstreamRequest request, TargetModel model, Losses losses) {
        this.conversation = conversation;
        this.request = request;
        this.model = model;
        this.losses = losses;
        this.tools = new ConverseTools(conversation, model, losses);
    }

    ObjectNode body() {
        ObjectNode body = Tree.object();
        ObjectNode more = Tree.object();
        List<Turn> turns = Alternation.of(conversation.turns(), this::sayable);
        writeMessages(body, turns);
        writeSystem(body);
        tools.write(body, more);
        Long asked = conversation.outputBound();
        Long bound = request.outputBound() == null ? asked : request.outputBound();
        boolean thinking = new ConverseThinking(model, losses)
                .write(more, conversation.reasoning(), bound, tools.isForced(), turns);
        new ConverseSampling(conversation.sampling(), model, losses).write(body, more, bound, thinking);
        writeFormat(body);
        if (!more.isEmpty()) {
            body.set("additionalModelRequestFields", more);
        }
        askForStopSequence(body);
        return body;
    }

    private void writeMessages(ObjectNode body, List<Turn> turns) {
        ConverseBlocks blocks = new ConverseBlocks(tools, losses);
        ArrayNode messages = body.putArray("messages");
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            boolean prefill = i == turns.size() - 1 && turn.role() == Role.ASSISTANT;
            ObjectNode message = messages.addObject();
            message.put("role", turn.role() == Role.USER ? "user" : "assistant");
            blocks.write(message.putArray("content"), turn.parts(), prefill);
        }
    }

    /** What of a turn Converse can be told: only Claude wants its thinking back, and only what it signed. */
    private List<Part> sayable(List<Part> parts) {
        List<Part> sayable = new ArrayList<>();
        for (Part part : tools.isOffered() ? parts : ToolTalk.told(parts)) {
            switch (part) {
                case Part.Thinking(String text, Signature signature) -> {
                    if (signature != null && isClaudes(signature)) {
                        sayable.add(part);
                    }
                }
                case Part.Redacted(Signature data) -> {
                    if (isClaudes(data)) {
                        sayable.add(part);
                    }
                }
                case Part.Refusal(String text) -> sayable.add(new Part.Text(text));
                case Part.Text text -> sayable.add(text);
                case Part.Image image -> sayable.add(image);
                case Part.Document document -> sayable.add(document);
                case Part.Audio audio -> sayable.add(audio);
                case Part.ToolCall call -> sayable.add(call);
                case Part.ToolResult result -> sayable.add(result);
            }
        }
        return sayable;
    }

    private boolean isClaudes(Signature signature) {
        return model.isClaude() && signature.isFrom(Signature.ANTHROPIC);
    }

    /** Converse knows a system prompt before the first turn only: one that stands later comes to stand there. */
    private void writeSystem(ObjectNode body) {
        List<String> texts = conversation.turns().stream()
                .filter(turn -> turn.role() == Role.SYSTEM)
                .flatMap(turn -> turn.parts().stream())
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .filter(text -> !text.isBlank())
                .toList();
        if (!texts.isEmpty()) {
            ArrayNode system = body.putArray("system");
            texts.forEach(text -> system.addObject().put("text", text));
        }
    }

    private void writeFormat(ObjectNode body) {
        switch (conversation.format()) {
            case OutputFormat.Text text -> {}
            case OutputFormat.JsonObject any -> losses.drop(CallerField.FORMAT);
            case OutputFormat.JsonSchema schema -> {
                ObjectNode format = body.putObject("outputConfig").putObject("textFormat");
                format.put("type", "json_schema");
                ObjectNode definition = format.putObject("structure").putObject("jsonSchema");
                definition.put("schema", schema.schema().text());
                if (schema.name() != null) {
                    definition.put("name", schema.name());
                }
                if (schema.description() != null) {
                    definition.put("description", schema.description());
                }
            }
        }
    }

    /** Converse says that a stop sequence was met but not which: Claude's own answer does, if it is asked for. */
    private void askForStopSequence(ObjectNode body) {
        if (model.isClaude() && !conversation.sampling().stop().isEmpty()) {
            String path = request.call().body().stream() ? "/delta/stop_sequence" : "/stop_sequence";
            body.putArray("additionalModelResponseFieldPaths").add(path);
        }
    }
}
