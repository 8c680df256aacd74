package dev.tollgate.web.relay.openai.chat;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiTools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool calls of the messages so far, and the results that answer them. */
final class ChatCalls {
    private final Map<String, String> names = new HashMap<>();

    /** The latest id of each name called in the older way, which has names only. */
    private final Map<String, String> olderIds = new HashMap<>();

    List<Part> calls(Members message) {
        List<Part> calls = new ArrayList<>();
        for (Members call : message.objects("tool_calls")) {
            calls.add(call(call));
        }
        Members older = message.object("function_call");
        if (older != null) {
            String name = older.needText("name");
            String id = "call_function_" + olderIds.size() + "_" + names.size();
            olderIds.put(name, id);
            names.put(id, name);
            calls.add(new Part.ToolCall(id, name, OpenAiTools.arguments(older.needText("arguments")), null));
        }
        return calls;
    }

    /** The type may be missing: older clients leave it out of the history. */
    private Part call(Members call) {
        String id = call.needText("id");
        Members custom = call.object("custom");
        Members function = call.object("function");
        if (custom == null && function == null) {
            call.refuse("function", "is missing");
        }
        Members called = custom != null ? custom : function != null ? function : call;
        String name = called.needText("name");
        names.put(id, name);
        RawJson arguments = custom != null
                ? OpenAiTools.freeTextArguments(custom.needText("input"))
                : OpenAiTools.arguments(called.needText("arguments"));
        return new Part.ToolCall(id, name, arguments, signature(call));
    }

    /** Where Gemini's own endpoint of this dialect has it. */
    private static @Nullable Signature signature(Members call) {
        Members extra = call.object("extra_content");
        Members google = extra == null ? null : extra.object("google");
        String token = google == null ? null : google.text("thought_signature");
        return token == null ? null : Signature.of(token, Signature.GEMINI);
    }

    Part result(Members message) {
        String id = message.needText("tool_call_id");
        return new Part.ToolResult(id, names.get(id), ChatContent.parts(message), false);
    }

    Part olderResult(Members message) {
        String name = message.needText("name");
        String id = olderIds.getOrDefault(name, "call_" + name);
        return new Part.ToolResult(id, name, ChatContent.parts(message), false);
    }
}
