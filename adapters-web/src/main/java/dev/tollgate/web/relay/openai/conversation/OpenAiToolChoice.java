package dev.tollgate.web.relay.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.List;

/** Reads whether tools are to be used: chat nests the tool's name in the object of its type, responses does not. */
public final class OpenAiToolChoice {
    private static final String WEB_SEARCH = "web_search";
    private static final String FIELD = "tool_choice";

    private OpenAiToolChoice() {}

    /** @param tools those of the request; of these only the search of the web is left where that is demanded */
    public static ToolChoice read(Members body, List<Tool> tools) {
        boolean isParallel = !Boolean.FALSE.equals(body.flag("parallel_tool_calls"));
        ToolChoice choice = choice(body, tools, isParallel);
        if (choice.mode() == Mode.REQUIRED && tools.isEmpty()) {
            body.refuse(FIELD, "demands a call, but no tool of this request can be offered to the model");
        }
        for (String name : choice.names()) {
            if (tools.stream().noneMatch(tool -> isNamed(tool, name))) {
                body.refuse(FIELD, "there is no tool '" + name + "' that can be offered to the model");
            }
        }
        return choice;
    }

    private static ToolChoice choice(Members body, List<Tool> tools, boolean isParallel) {
        JsonNode value = body.value(FIELD);
        if (value == null || value.isTextual()) {
            return new ToolChoice(mode(body, FIELD, value == null ? "auto" : value.textValue()), List.of(), isParallel);
        }
        Members choice = body.object(FIELD);
        if (choice == null) {
            return ToolChoice.AUTO;
        }
        String type = choice.needText("type");
        return switch (type) {
            case "function", "custom" -> new ToolChoice(Mode.REQUIRED, List.of(name(choice, type)), isParallel);
            case "allowed_tools" -> allowed(choice, isParallel);
            default -> {
                if (!type.startsWith(WEB_SEARCH)) {
                    choice.refuse("type", "the model's provider has no such tool to be forced");
                }
                // Where the search is the only tool there is, to force any is to force it.
                tools.removeIf(Tool.Function.class::isInstance);
                yield new ToolChoice(Mode.REQUIRED, List.of(), isParallel);
            }
        };
    }

    private static ToolChoice allowed(Members choice, boolean isParallel) {
        Members inner = choice.object("allowed_tools");
        Members allowed = inner == null ? choice : inner;
        List<String> names = new ArrayList<>();
        for (Members tool : allowed.objects("tools")) {
            String type = tool.needText("type");
            switch (type) {
                case "function", "custom" -> names.add(name(tool, type));
                default -> tool.findings().drop(FIELD + "." + type);
            }
        }
        return new ToolChoice(mode(allowed, "mode", allowed.needText("mode")), names, isParallel);
    }

    private static String name(Members choice, String type) {
        Members inner = choice.object(type);
        Members named = inner == null ? choice : inner;
        return OpenAiTools.offeredName(named.text("namespace"), named.needText("name"));
    }

    private static Mode mode(Members holder, String field, String word) {
        return switch (word) {
            case "auto" -> Mode.AUTO;
            case "none" -> Mode.NONE;
            case "required" -> Mode.REQUIRED;
            default -> {
                holder.refuse(field, "must be auto, none, required or an object");
                yield Mode.AUTO;
            }
        };
    }

    private static boolean isNamed(Tool tool, String name) {
        return tool instanceof Tool.Function function && function.name().equals(name);
    }
}
