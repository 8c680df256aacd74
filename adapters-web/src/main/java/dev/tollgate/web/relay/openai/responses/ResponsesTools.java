package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiTools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request. Those of a namespace are offered under one name made of both, for no other provider has
 * namespaces; a tool that was to be found by searching is offered at once.
 */
final class ResponsesTools {
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, Name> names = new HashMap<>();

    /** A tool's name as the caller knows it. */
    record Name(@Nullable String namespace, String name) {
        /** The name it is offered under. */
        String offered() {
            return OpenAiTools.offeredName(namespace, name);
        }
    }

    /** All tools of a request, those that come in its input too. */
    static ResponsesTools of(Members body) {
        ResponsesTools tools = new ResponsesTools();
        tools.addAll(body);
        JsonNode input = body.value("input");
        if (input != null && input.isArray()) {
            body.objects("input").stream().filter(item -> item.has("tools")).forEach(tools::addAll);
        }
        return tools;
    }

    List<Tool> tools() {
        return tools;
    }

    /** The caller's name of a tool by the name it was offered under. */
    Name name(String offered) {
        return names.getOrDefault(offered, new Name(null, offered));
    }

    boolean isFreeText(String offered) {
        return tools.stream()
                .anyMatch(tool -> tool instanceof Tool.Function function
                        && function.freeText()
                        && function.name().equals(offered));
    }

    /** Adds the tools of an object's member {@code tools}. */
    void addAll(Members holder) {
        for (Members tool : holder.objects("tools")) {
            String type = tool.needText("type");
            switch (type) {
                case "function", "custom" -> add(tool, type, null);
                case "namespace" -> addNamespace(tool);
                default -> {
                    if (type.startsWith("web_search")) {
                        tools.add(new Tool.WebSearch("tools." + type, null));
                    } else {
                        tool.findings().drop("tools." + type);
                    }
                }
            }
        }
    }

    private void addNamespace(Members namespace) {
        String name = namespace.needText("name");
        for (Members tool : namespace.objects("tools")) {
            add(tool, tool.needText("type"), name);
        }
    }

    private void add(Members tool, String type, @Nullable String namespace) {
        Tool read = type.equals("custom") ? OpenAiTools.freeText(tool) : OpenAiTools.function(tool);
        if (read instanceof Tool.Function function) {
            Name name = new Name(namespace, function.name());
            names.put(name.offered(), name);
            tools.add(new Tool.Function(
                    name.offered(),
                    function.description(),
                    function.parameters(),
                    function.strict(),
                    function.freeText()));
        }
    }
}
