package dev.tollgate.web.relay.openai.chat;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of a chat completion; a message that says nothing is left out. */
final class ChatMessages {
    private final Members body;
    private final ChatCalls calls = new ChatCalls();
    private final List<Turn> turns = new ArrayList<>();

    ChatMessages(Members body) {
        this.body = body;
    }

    List<Turn> turns() {
        for (Members message : body.objects("messages")) {
            read(message);
        }
        if (turns.isEmpty()) {
            body.refuse("messages", "must hold at least one message that says something");
        }
        return turns;
    }

    private void read(Members message) {
        String role = message.needText("role");
        if (!role.equals("function") && !role.equals("tool")) {
            message.drop("name");
        }
        switch (role) {
            case "system", "developer" -> add(Role.SYSTEM, ChatContent.parts(message));
            case "user" -> add(Role.USER, ChatContent.parts(message));
            case "assistant" -> add(Role.ASSISTANT, assistant(message));
            case "tool" -> add(Role.USER, List.of(calls.result(message)));
            case "function" -> add(Role.USER, List.of(calls.olderResult(message)));
            default -> message.refuse("role", "must be system, developer, user, assistant or tool");
        }
    }

    private List<Part> assistant(Members message) {
        if (message.has("audio")) {
            message.refuse("audio", "the model's provider has no sound another provider made");
        }
        List<Part> parts = new ArrayList<>(ChatThoughts.read(message));
        parts.addAll(ChatContent.parts(message));
        String refusal = message.text("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        parts.addAll(calls.calls(message));
        return parts;
    }

    private void add(Role role, List<Part> parts) {
        if (!parts.isEmpty()) {
            turns.add(new Turn(role, parts));
        }
    }
}
