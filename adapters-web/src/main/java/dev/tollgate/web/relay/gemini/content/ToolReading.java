package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.List;

/** Reads the tools of one body and what it says about their use. */
final class ToolReading {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    private static final List<String> SEARCHES =
            List.of("googleSearch", "googleSearchRetrieval", "enterpriseWebSearch");

    private final List<Tool> tools = new ArrayList<>();
    private ToolChoice choice = ToolChoice.AUTO;

    private ToolReading() {}

    static ToolReading of(ProtoMembers body) {
        ToolReading reading = new ToolReading();
        body.objects("tools").forEach(reading::read);
        ProtoMembers config = body.object("toolConfig");
        ProtoMembers calling = config == null ? null : config.object("functionCallingConfig");
        if (calling != null) {
            reading.readChoice(calling);
        }
        if (config != null) {
            config.dropRest();
        }
        return reading;
    }

    List<Tool> tools() {
        return tools;
    }

    ToolChoice choice() {
        return choice;
    }

    private void read(ProtoMembers tool) {
        tool.objects("functionDeclarations").forEach(declaration -> tools.add(function(declaration)));
        for (String search : SEARCHES) {
            if (tool.has(search)) {
                tools.add(new Tool.WebSearch("tools[]." + search, null));
            }
        }
        tool.dropRest();
    }

    private static Tool function(ProtoMembers declaration) {
        RawJson json = declaration.raw("parametersJsonSchema");
        JsonNode google = declaration.value("parameters");
        RawJson schema = google == null
                ? NO_PARAMETERS
                : new RawJson(GoogleSchema.json(google).toString());
        Tool tool = new Tool.Function(
                declaration.needText("name"),
                declaration.text("description"),
                json == null ? schema : json,
                null,
                false);
        declaration.dropRest();
        return tool;
    }

    private void readChoice(ProtoMembers calling) {
        List<String> names = calling.texts("allowedFunctionNames");
        String mode = calling.word("mode");
        switch (mode == null ? "AUTO" : mode) {
            case "NONE" -> choice = new ToolChoice(Mode.NONE, List.of(), true);
            case "ANY" -> choice = required(calling, names);
            case "VALIDATED" -> choice = new ToolChoice(Mode.AUTO, names, true);
            case "AUTO", "MODE_UNSPECIFIED", "FUNCTION_CALLING_CONFIG_MODE_UNSPECIFIED" -> choice = ToolChoice.AUTO;
            default -> calling.refuse("mode", "must be AUTO, ANY, NONE or VALIDATED");
        }
        calling.dropRest();
    }

    private ToolChoice required(ProtoMembers calling, List<String> names) {
        List<String> functions = tools.stream()
                .filter(Tool.Function.class::isInstance)
                .map(tool -> ((Tool.Function) tool).name())
                .toList();
        if (functions.isEmpty()) {
            calling.refuse("mode", "forces a function, and none is declared");
        }
        if (!functions.containsAll(names)) {
            calling.refuse("allowedFunctionNames", "must be names of declared functions");
        }
        return new ToolChoice(Mode.REQUIRED, names, true);
    }
}
