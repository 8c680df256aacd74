package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.anthropic.conversation.MessagesFormat;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.SpokenTurns;
import dev.tollgate.upstream.conversation.TellableParts;
import dev.tollgate.upstream.conversation.ToolNames;
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
    private final OfferedTools tools;

    ConverseRequest(Conversation conversation, UpstreamRequest request, TargetModel model, Losses losses) {
        this.conversation = conversation;
        this.request = request;
        this.model = model;
        this.losses = losses;
        this.tools = OfferedTools.of(conversation).withoutSearch(losses);
    }

    ObjectNode body() {
        SpokenTurns spoken =
                SpokenTurns.of(sayableTurns(), new TellableParts(model.isClaude() ? Signature.ANTHROPIC : null));
        Long bound = request.outputBound() == null ? conversation.outputBound() : request.outputBound();
        ObjectNode body = Json.object();
        ObjectNode more = Json.object();
        ConverseTools offered = new ConverseTools(tools, ToolNames.names(conversation, BedrockPlatformCodec.NAMES));
        body.set("messages", messages(spoken.turns()));
        if (!spoken.system().isEmpty()) {
            ArrayNode system = body.putArray("system");
            spoken.system().forEach(text -> system.addObject().put("text", text));
        }
        offered.write(body, more, conversation.toolChoice().parallel(), model, losses);
        boolean thinking = new ConverseThinking(model, losses).write(more, conversation, spoken, tools, bound);
        new ConverseSampling(conversation.sampling(), model, losses).write(body, more, bound, thinking);
        writeFormat(body);
        if (!more.isEmpty()) {
            body.set("additionalModelRequestFields", more);
        }
        askForStopSequence(body);
        return body;
    }

    private ArrayNode messages(List<Turn> turns) {
        return new ConverseBlocks(
                        ToolNames.names(conversation, BedrockPlatformCodec.NAMES),
                        ToolNames.ids(conversation, BedrockPlatformCodec.NAMES),
                        losses)
                .messages(turns);
    }

    /**
     * Converse has no way to offer a tool and forbid it, and takes calls and results only where tools are offered: where
     * none may be used, none is offered and those of the history are told as text.
     */
    private List<Turn> sayableTurns() {
        boolean usable = !tools.isEmpty() && tools.mode() != ToolChoice.Mode.NONE;
        return usable
                ? conversation.turns()
                : conversation.turns().stream()
                        .map(turn -> new Turn(turn.role(), ToolTalk.told(turn.parts())))
                        .toList();
    }

    private void writeFormat(ObjectNode body) {
        switch (conversation.format()) {
            case OutputFormat.Text text -> {}
            case OutputFormat.JsonObject any -> losses.drop(CallerField.FORMAT);
            case OutputFormat.JsonSchema schema -> {
                ObjectNode format = body.putObject("outputConfig").putObject("textFormat");
                ObjectNode definition =
                        format.put("type", "json_schema").putObject("structure").putObject("jsonSchema");
                definition.put("schema", MessagesFormat.closed(schema).toString());
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
