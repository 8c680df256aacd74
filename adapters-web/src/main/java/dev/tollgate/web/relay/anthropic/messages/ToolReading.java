package dev.tollgate.web.relay.anthropic.messages;

import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools of one body and what it says about their use. */
final class ToolReading {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    private static final String WEB_SEARCH = "web_search";

    private final List<Tool> tools = new ArrayList<>();
    private ToolChoice choice = ToolChoice.AUTO;

    private ToolReading() {}

    static ToolReading of(Members body) {
        ToolReading reading = new ToolReading();
        body.objects("tools").forEach(reading::read);
        Members choice = body.object("tool_choice");
        if (choice != null) {
            reading.readChoice(choice);
        }
        return reading;
    }

    List<Tool> tools() {
        return tools;
    }

    ToolChoice choice() {
        return choice;
    }

    private void read(Members tool) {
        if (tool.has("cache_control")) {
            tool.findings().drop("cache_control");
        }
        String type = tool.text("type");
        Tool read = type == null || type.equals("custom") ? custom(tool) : provided(type, tool);
        if (read == null) {
            tool.findings().drop("tools." + type);
            return;
        }
        tools.add(read);
        tool.dropRest();
    }

    private static Tool custom(Members tool) {
        RawJson schema = tool.raw("input_schema");
        return new Tool.Function(
                tool.needText("name"),
                tool.text("description"),
                schema == null ? NO_PARAMETERS : schema,
                tool.flag("strict"),
                false);
    }

    /** A tool the provider knows by its type; null if nobody else has it. */
    private static @Nullable Tool provided(String type, Members tool) {
        if (type.startsWith(WEB_SEARCH + "_")) {
            tool.pass("name");
            return new Tool.WebSearch("tools." + type, tool.whole("max_uses"));
        }
        ClientTool known = ClientTool.ofType(type);
        return known == null
                ? null
                : new Tool.Function(
                        tool.needText("name"),
                        known.description(),
                        new RawJson(known.schema()),
                        tool.flag("strict"),
                        false);
    }

    private void readChoice(Members body) {
        boolean parallel = !body.isTrue("disable_parallel_tool_use");
        String type = body.needText("type");
        switch (type) {
            case "auto" -> choice = new ToolChoice(Mode.AUTO, List.of(), parallel);
            case "none" -> choice = new ToolChoice(Mode.NONE, List.of(), parallel);
            case "any" -> choice = required(body, parallel);
            case "tool" -> choice = forced(body, body.needText("name"), parallel);
            default -> body.refuse("type", "must be 'auto', 'any', 'tool' or 'none'");
        }
        body.dropRest();
    }

    private ToolChoice required(Members body, boolean parallel) {
        if (tools.isEmpty()) {
            body.refuse("type", "forces a tool, and none of the given ones can be used with this model");
        }
        return new ToolChoice(Mode.REQUIRED, List.of(), parallel);
    }

    private ToolChoice forced(Members body, String name, boolean parallel) {
        if (tools.stream()
                .anyMatch(tool -> tool instanceof Tool.Function f && f.name().equals(name))) {
            return new ToolChoice(Mode.REQUIRED, List.of(name), parallel);
        }
        if (!name.equals(WEB_SEARCH) || tools.stream().noneMatch(Tool.WebSearch.class::isInstance)) {
            body.refuse("name", "no tool of this name can be used with this model");
        }
        // Where the search is the only tool there is, to force any is to force it.
        tools.removeIf(Tool.Function.class::isInstance);
        return new ToolChoice(Mode.REQUIRED, List.of(), parallel);
    }
}
