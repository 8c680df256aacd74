package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.List;

/** Reads instructions and input of a request. What the model said in several items is one turn of it. */
final class ResponsesInput {
    private static final String INPUT = "input";

    private final Members body;
    private final ResponsesCalls calls = new ResponsesCalls();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Part> said = new ArrayList<>();

    ResponsesInput(Members body) {
        this.body = body;
    }

    List<Turn> turns() {
        String instructions = body.text("instructions");
        if (instructions != null && !instructions.isEmpty()) {
            add(Role.SYSTEM, List.of(new Part.Text(instructions)));
        }
        int before = turns.size();
        JsonNode input = body.value(INPUT);
        if (input != null && input.isTextual()) {
            add(Role.USER, ResponsesContent.text(input.textValue()));
        } else {
            body.objects(INPUT).forEach(this::read);
        }
        endSaid();
        if (turns.size() == before) {
            body.refuse(INPUT, "must say something");
        }
        return turns;
    }

    private void read(Members item) {
        String type = item.has("type") ? item.needText("type") : "message";
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> said.add(calls.function(item));
            case "custom_tool_call" -> said.add(calls.freeText(item));
            case "function_call_output", "custom_tool_call_output" -> add(Role.USER, List.of(calls.output(item)));
            case "reasoning" -> said.addAll(calls.thoughts(item));
            case "additional_tools" -> item.pass("tools");
            case "item_reference", "compaction", "compaction_summary", "context_compaction" ->
                item.refuse("type", "only the provider that kept it knows what it holds; send the items themselves");
            case "computer_call_output", "local_shell_call_output", "shell_call_output", "apply_patch_call_output" ->
                item.refuse("type", "the model's provider has no such tool, and its result would be lost");
            default -> item.findings().drop("input." + type);
        }
    }

    private void message(Members message) {
        List<Part> parts = ResponsesContent.parts(message, "content");
        switch (message.needText("role")) {
            case "system", "developer" -> add(Role.SYSTEM, parts);
            case "user" -> add(Role.USER, parts);
            case "assistant" -> said.addAll(parts);
            default -> message.refuse("role", "must be system, developer, user or assistant");
        }
    }

    private void add(Role role, List<Part> parts) {
        endSaid();
        if (!parts.isEmpty()) {
            turns.add(new Turn(role, parts));
        }
    }

    private void endSaid() {
        said.addAll(calls.unclaimed());
        if (!said.isEmpty()) {
            turns.add(new Turn(Role.ASSISTANT, said));
            said.clear();
        }
    }
}
