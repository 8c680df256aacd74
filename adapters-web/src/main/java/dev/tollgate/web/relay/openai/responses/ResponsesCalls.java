package dev.tollgate.web.relay.openai.responses;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiTools;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls and thoughts of the input so far, and the results that answer the calls.
 *
 * <p>A call's own signature has no place in its item. {@link OutputItems} tells it as a reasoning item of its own right
 * before the call, and here it goes back to the call that follows.
 */
final class ResponsesCalls {
    private static final String OUTPUT = "output";

    private final Map<String, String> names = new HashMap<>();
    private @Nullable Signature signature;

    Part function(Members item) {
        return call(item, OpenAiTools.arguments(item.needText("arguments")));
    }

    Part freeText(Members item) {
        return call(item, OpenAiTools.freeTextArguments(item.needText("input")));
    }

    private Part call(Members item, RawJson arguments) {
        String id = item.needText("call_id");
        String name = OpenAiTools.offeredName(item.text("namespace"), item.needText("name"));
        names.put(id, name);
        Signature claimed = signature;
        signature = null;
        return new Part.ToolCall(id, name, arguments, claimed);
    }

    Part output(Members item) {
        String id = item.needText("call_id");
        return new Part.ToolResult(id, names.get(id), ResponsesContent.parts(item, OUTPUT), false);
    }

    /** Thinking that was shown or could have been, if there is a summary of it, be it empty; else what is encrypted. */
    List<Part> thoughts(Members item) {
        List<Members> summary = item.objects("summary");
        String text = ResponsesContent.joined(summary.isEmpty() ? item.objects("content") : summary);
        String token = item.text("encrypted_content");
        Signature encrypted = token == null || token.isEmpty() ? null : Signature.of(token, Signature.OPENAI);
        List<Part> before = unclaimed();
        if (!summary.isEmpty() || !text.isEmpty()) {
            return text.isEmpty() && encrypted == null ? before : with(before, new Part.Thinking(text, encrypted));
        }
        if (encrypted != null && encrypted.isFrom(Signature.GEMINI)) {
            signature = encrypted;
            return before;
        }
        return encrypted == null ? before : with(before, new Part.Redacted(encrypted));
    }

    /** A signature no call came for. */
    List<Part> unclaimed() {
        Signature left = signature;
        signature = null;
        return left == null ? List.of() : List.of(new Part.Redacted(left));
    }

    private static List<Part> with(List<Part> before, Part part) {
        return before.isEmpty() ? List.of(part) : List.of(before.getFirst(), part);
    }
}
