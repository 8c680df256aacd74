package dev.tollgate.upstream.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import java.util.List;
import java.util.function.Function;

/** Turns as messages of content blocks, as the Messages API and Converse both have them. */
public final class BlockMessages {
    private BlockMessages() {}

    /** @param content a turn's parts as blocks; a turn without any becomes no message */
    public static ArrayNode of(List<Turn> turns, Function<List<Part>, ArrayNode> content) {
        ArrayNode messages = Json.array();
        for (int at = 0; at < turns.size(); at++) {
            Turn turn = turns.get(at);
            boolean assistant = turn.role() == Turn.Role.ASSISTANT;
            ArrayNode blocks = content.apply(turn.parts());
            if (assistant && at == turns.size() - 1) {
                trim(blocks);
            }
            if (!blocks.isEmpty()) {
                messages.addObject()
                        .put("role", assistant ? "assistant" : "user")
                        .set("content", blocks);
            }
        }
        return messages;
    }

    /** An answer the caller began may not end in white space. */
    private static void trim(ArrayNode blocks) {
        if (blocks.path(blocks.size() - 1) instanceof ObjectNode block && block.has("text")) {
            block.put("text", Json.text(block, "text").stripTrailing());
        }
    }
}
