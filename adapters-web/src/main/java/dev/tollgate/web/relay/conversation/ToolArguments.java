package dev.tollgate.web.relay.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The arguments of a tool call, for dialects that tell them as an object and not as the text the model wrote. */
public final class ToolArguments {
    private static final String MALFORMED = "malformed_arguments";

    private ToolArguments() {}

    /**
     * The object a text holds; none for an empty text. A text that holds no object becomes the only member of one, under
     * a name no tool has, so that the caller's check of arguments fails and nothing runs without what was asked for.
     */
    public static ObjectNode object(String text) {
        if (text.isBlank()) {
            return RequestJson.newObject();
        }
        ObjectNode object = RequestJson.object(text);
        return object == null ? RequestJson.newObject().put(MALFORMED, text) : object;
    }
}
