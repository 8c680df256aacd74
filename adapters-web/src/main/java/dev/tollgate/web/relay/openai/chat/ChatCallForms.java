package dev.tollgate.web.relay.openai.chat;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.application.relay.conversation.Tool;
import java.util.HashSet;
import java.util.Set;

/**
 * The form of each tool's calls in the answer to one request.
 *
 * @param freeText the tools that take one text
 * @param isOlder whether the caller knows {@code functions} only
 */
record ChatCallForms(Set<String> freeText, boolean isOlder) {
    static ChatCallForms of(CallBody body, Conversation conversation) {
        Set<String> freeText = new HashSet<>();
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Function function && function.freeText()) {
                freeText.add(function.name());
            }
        }
        return new ChatCallForms(freeText, !conversation.tools().isEmpty() && isOlder(body));
    }

    private static boolean isOlder(CallBody body) {
        return JsonMembers.scan(body.bytes()) instanceof JsonMembers members
                && members.kind("functions") == JsonMembers.Kind.ARRAY
                && members.kind("tools") != JsonMembers.Kind.ARRAY;
    }

    ChatCallForm form(String tool) {
        if (isOlder) {
            return ChatCallForm.OLDER;
        }
        return freeText.contains(tool) ? ChatCallForm.CUSTOM : ChatCallForm.FUNCTION;
    }

    String finish(StopReason reason, boolean hasCalls) {
        String word = ChatFinish.word(reason, hasCalls);
        return isOlder && word.equals("tool_calls") ? "function_call" : word;
    }
}
