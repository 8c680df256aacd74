package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiToolChoice;
import dev.tollgate.web.relay.openai.conversation.OpenAiTools;
import java.util.ArrayList;
import java.util.List;

/** Reads what the model may use: {@code tools}, {@code web_search_options}, and the older {@code functions}. */
final class ChatTools {
    private ChatTools() {}

    static List<Tool> tools(Members body) {
        List<Tool> tools = new ArrayList<>();
        for (Members tool : body.objects("tools")) {
            String type = tool.needText("type");
            switch (type) {
                case "function" -> tools.add(OpenAiTools.function(inner(tool, type)));
                case "custom" -> tools.add(OpenAiTools.freeText(inner(tool, type)));
                default -> tool.findings().drop("tools." + type);
            }
        }
        body.objects("functions").forEach(function -> tools.add(OpenAiTools.function(function)));
        Members search = body.object("web_search_options");
        if (search != null) {
            search.dropRest();
            tools.add(new Tool.WebSearch("web_search_options", null));
        }
        return tools;
    }

    /** The object of a tool's own type. */
    private static Members inner(Members tool, String type) {
        Members inner = tool.object(type);
        if (inner == null) {
            tool.refuse(type, "is missing");
        }
        return inner == null ? tool : inner;
    }

    static ToolChoice choice(Members body, List<Tool> tools) {
        ToolChoice read = OpenAiToolChoice.read(body, tools);
        boolean isOlder = body.has("functions") && !body.has("tools");
        ToolChoice choice = isOlder ? new ToolChoice(read.mode(), read.names(), false) : read;
        JsonNode older = body.value("function_call");
        if (older == null) {
            return choice;
        }
        if (older.isTextual()) {
            return older.textValue().equals("none") ? new ToolChoice(Mode.NONE, List.of(), false) : choice;
        }
        Members named = body.object("function_call");
        return named == null ? choice : new ToolChoice(Mode.REQUIRED, List.of(named.needText("name")), false);
    }
}
