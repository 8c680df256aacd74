package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.BlockTeller;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.http.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the first choice of a chat completion; chunks without one (filters' results, usage) are passed over. */
final class ChatReader implements AnswerReader {
    private static final Block TEXT = new Block.Text();
    private static final Block THINKING = new Block.Thinking();
    private static final Block REFUSAL = new Block.Refusal();

    private final BlockTeller teller = new BlockTeller();
    private final ChatCalls calls;
    private final List<Late> late = new ArrayList<>();
    private String reason = "";
    private boolean refused;

    /** What came while a call was open; it waits, since the call's arguments may go on. */
    private record Late(Block kind, String text) {}

    ChatReader(FittedNames names) {
        this.calls = new ChatCalls(names, teller);
    }

    @Override
    public void event(StreamEvent event, Consumer<AnswerEvent> out) {
        for (JsonNode choice : Json.data(event).path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                message(choice.path("delta"), out);
                reason = choice.path("finish_reason").asText(reason);
            }
        }
    }

    @Override
    public void whole(byte[] body, Consumer<AnswerEvent> out) {
        JsonNode choice = Json.read(body).path("choices").path(0);
        message(choice.path("message"), out);
        reason = choice.path("finish_reason").asText("");
        end(out);
    }

    private void message(JsonNode message, Consumer<AnswerEvent> out) {
        String thought = Json.text(message, "reasoning_content");
        more(THINKING, thought.isEmpty() ? Json.text(message, "reasoning") : thought, out);
        content(message.path("content"), out);
        String refusal = Json.text(message, "refusal");
        refused |= !refusal.isEmpty();
        more(REFUSAL, refusal, out);
        message.path("tool_calls").forEach(call -> calls.read(call, out));
        if (message.path("function_call").isObject()) {
            calls.legacy(message.path("function_call"), out);
        }
    }

    /** A string, or with some compatible servers a list of parts. */
    private void content(JsonNode content, Consumer<AnswerEvent> out) {
        if (content.isTextual()) {
            more(TEXT, content.asText(), out);
        }
        for (JsonNode part : content) {
            switch (Json.text(part, "type")) {
                case "text" -> more(TEXT, Json.text(part, "text"), out);
                case "thinking" ->
                    part.path("thinking").forEach(thought -> more(THINKING, Json.text(thought, "text"), out));
                default -> {}
            }
        }
    }

    private void more(Block kind, String piece, Consumer<AnswerEvent> out) {
        if (calls.haveBegun()) {
            late.add(new Late(kind, piece));
        } else {
            teller.more(kind, piece, out);
        }
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        calls.end(out);
        late.forEach(piece -> teller.more(piece.kind(), piece.text(), out));
        late.clear();
        teller.close(out);
    }

    /** Many compatible servers say that they stopped where they called a tool. */
    @Override
    public Stop stop() {
        StopReason stopped =
                teller.isToolCalled() ? StopReason.TOOL_CALLS : refused ? StopReason.REFUSED : StopReason.END;
        return new Stop(
                switch (reason) {
                    case "stop", "", "null" -> stopped;
                    case "length" -> StopReason.MAX_OUTPUT;
                    case "tool_calls", "function_call" -> StopReason.TOOL_CALLS;
                    case "content_filter" -> StopReason.REFUSED;
                    default -> StopReason.OTHER;
                },
                null);
    }
}
