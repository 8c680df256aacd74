package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools the model may use. Where the caller allows only some of them, the others are not offered at all, since most
 * platforms know no such choice.
 *
 * @param search the search of the web, null if it is not asked for
 * @param only the one tool that must be called, null if it is not one
 */
public record OfferedTools(
        List<Tool.Function> functions,
        Tool.@Nullable WebSearch search,
        Mode mode,
        @Nullable String only) {
    public OfferedTools {
        functions = List.copyOf(functions);
    }

    public static OfferedTools of(Conversation conversation) {
        ToolChoice choice = conversation.toolChoice();
        List<String> names = choice.names();
        Map<String, Tool.Function> functions = new LinkedHashMap<>();
        Tool.WebSearch search = null;
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.Function function -> functions.put(function.name(), function);
                case Tool.WebSearch wanted -> search = wanted;
            }
        }
        if (!names.isEmpty()) {
            functions.keySet().retainAll(names);
        }
        String only = choice.mode() == Mode.REQUIRED && names.size() == 1 ? names.getFirst() : null;
        return new OfferedTools(List.copyOf(functions.values()), search, choice.mode(), only);
    }

    /** The same without the search, which has no place; refused if it is all that may be called and something must. */
    public OfferedTools withoutSearch(Losses losses) {
        Tool.WebSearch wanted = search;
        if (wanted == null) {
            return this;
        }
        if (functions.isEmpty() && mode == Mode.REQUIRED) {
            losses.refuse(CallerField.TOOL_CHOICE, "This model has no search of the web that a call could force");
        }
        losses.drop(wanted.field());
        return new OfferedTools(functions, null, mode, only);
    }

    public boolean isEmpty() {
        return functions.isEmpty() && search == null;
    }
}
