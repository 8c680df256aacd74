package dev.tollgate.web.relay.openai.conversation;

import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.conversation.RequestJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The caller's tools, and the arguments of calls to them. */
public final class OpenAiTools {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    private static final RawJson FREE_TEXT = new RawJson("{\"type\":\"object\",\"properties\":{\"" + FreeText.INPUT
            + "\":{\"type\":\"string\"}},\"required\":[\"" + FreeText.INPUT + "\"],\"additionalProperties\":false}");

    private static final String SEPARATOR = "__";

    private OpenAiTools() {}

    public static Tool function(Members function) {
        Members parameters = function.object("parameters");
        RawJson schema = parameters == null ? null : function.raw("parameters");
        return new Tool.Function(
                function.needText("name"),
                function.text("description"),
                schema == null ? NO_PARAMETERS : schema,
                function.flag("strict"),
                false);
    }

    /** A tool that takes one text; a grammar the text must follow is told in the description, the only place there is. */
    public static Tool freeText(Members custom) {
        String description = custom.text("description");
        String grammar = grammar(custom);
        return new Tool.Function(
                custom.needText("name"),
                grammar == null ? description : (description == null ? "" : description + "\n\n") + grammar,
                FREE_TEXT,
                null,
                true);
    }

    private static @Nullable String grammar(Members custom) {
        Members format = custom.object("format");
        if (format == null || !"grammar".equals(format.text("type"))) {
            return null;
        }
        Members inner = format.object("grammar");
        Members grammar = inner == null ? format : inner;
        String syntax = grammar.needText("syntax").toUpperCase(Locale.ROOT);
        return "The input must follow this " + syntax + " grammar:\n" + grammar.needText("definition");
    }

    /**
     * Arguments as a model wrote them. A text that is no JSON object, a model's slip in an earlier turn, becomes the
     * member {@code arguments} of one, for the tool's result tells the model what was wrong with it.
     */
    public static RawJson arguments(String text) {
        if (text.isBlank()) {
            return RawJson.EMPTY_OBJECT;
        }
        return RequestJson.object(text) == null ? wrapped("arguments", text) : new RawJson(text);
    }

    /** The free text of a call in an object. */
    public static RawJson freeTextArguments(String input) {
        return wrapped(FreeText.INPUT, input);
    }

    /** The name a tool of a namespace is offered under, where there are no namespaces. */
    public static String offeredName(@Nullable String namespace, String name) {
        if (namespace == null) {
            return name;
        }
        return namespace + (namespace.endsWith(SEPARATOR) ? "" : SEPARATOR) + name;
    }

    private static RawJson wrapped(String name, String text) {
        return new RawJson(RequestJson.newObject().put(name, text).toString());
    }
}
