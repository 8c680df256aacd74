package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import dev.tollgate.web.relay.conversation.Findings;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.List;

/** Reads the system prompt and the messages, in order, for one body. */
final class TurnReading {
    private final BlockReading blocks;

    TurnReading(Findings findings) {
        this.blocks = new BlockReading(findings);
    }

    List<Turn> turns(Members body) {
        List<Turn> turns = new ArrayList<>();
        if (body.has("system")) {
            turns.add(new Turn(Role.SYSTEM, content(body, "system")));
        }
        List<Members> messages = body.objects("messages");
        if (messages.isEmpty()) {
            body.refuse("messages", "must have at least one message");
        }
        for (Members message : messages) {
            turns.add(turn(message));
        }
        // What is left of a message may be nothing.
        turns.removeIf(turn -> turn.parts().isEmpty());
        return turns;
    }

    private Turn turn(Members message) {
        String word = message.needText("role");
        Role role = switch (word) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            default -> {
                message.refuse("role", "must be 'user', 'assistant' or 'system'");
                yield Role.USER;
            }
        };
        Turn turn = new Turn(role, content(message, "content"));
        message.dropRest();
        return turn;
    }

    private List<Part> content(Members owner, String name) {
        JsonNode content = owner.value(name);
        if (content == null) {
            owner.refuse(name, "is missing");
            return List.of();
        }
        if (content.isTextual()) {
            return content.textValue().isEmpty() ? List.of() : List.of(new Part.Text(content.textValue()));
        }
        return blocks.parts(owner.objects(name));
    }
}
