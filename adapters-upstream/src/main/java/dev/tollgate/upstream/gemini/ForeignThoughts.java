package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tollgate.application.relay.JsonElements;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.gemini.conversation.GeminiModel;
import dev.tollgate.upstream.http.ByteSearch;
import dev.tollgate.upstream.http.JsonEdits;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a body what other providers signed earlier in the conversation, which Google refuses: their thoughts as a
 * whole, and the signatures of their calls, for which Google has a word of its own. It is known by the token the
 * signature was told as, in base64.
 */
final class ForeignThoughts {
    /** What every such signature begins with: the mark's length is a multiple of three. */
    private static final String MARK = Base64.getEncoder().encodeToString(Signature.MARK.getBytes(US_ASCII));

    private static final ByteSearch SEARCH = ByteSearch.of(MARK);

    private final byte[] body;
    private final JsonEdits edits;
    private final @Nullable String filler;

    private ForeignThoughts(byte[] body, @Nullable String filler) {
        this.body = body;
        this.edits = new JsonEdits(body);
        this.filler = filler;
    }

    /** The body without it; the very same bytes if there is none. */
    static byte[] removed(byte[] body, String model) {
        if (!SEARCH.isIn(body) || !(JsonMembers.scan(body) instanceof JsonMembers members)) {
            return body;
        }
        return new ForeignThoughts(body, GeminiModel.of(model).filler()).removed(members);
    }

    private byte[] removed(JsonMembers members) {
        String counted = GeminiWire.spelled(members, "generateContentRequest", "generate_content_request");
        Value contents = members.object(counted) instanceof JsonMembers inner
                ? inner.value("contents")
                : members.value("contents");
        List<Value> all = elements(contents);
        List<Value> emptied = all.stream().filter(this::clean).toList();
        if (contents != null && contents.kind() == Kind.ARRAY) {
            edits.removeElements(all, emptied);
        }
        return edits.bytes();
    }

    /** Whether nothing of the content is left; it is to go as a whole then. */
    private boolean clean(Value content) {
        JsonMembers turn = JsonMembers.of(body, content);
        if (turn == null) {
            return false;
        }
        List<Value> parts = elements(turn.value("parts"));
        List<Value> thoughts = new ArrayList<>();
        List<JsonMembers> signed = new ArrayList<>();
        JsonMembers firstCall = null;
        for (Value value : parts) {
            JsonMembers part = JsonMembers.of(body, value);
            if (part != null && isForeign(part)) {
                boolean isThought = Boolean.TRUE.equals(part.flag("thought"));
                boolean unused = isThought ? thoughts.add(value) : signed.add(part);
            }
            firstCall = firstCall == null && part != null && isCall(part) ? part : firstCall;
        }
        if (!thoughts.isEmpty() && thoughts.size() == parts.size()) {
            return true;
        }
        edits.removeElements(parts, thoughts);
        for (JsonMembers part : signed) {
            sign(part, part == firstCall ? filler : null);
        }
        return false;
    }

    /** Of calls made at once only the first is signed. */
    private void sign(JsonMembers part, @Nullable String word) {
        String name = signature(part);
        if (word == null) {
            edits.removeMembers(part, Set.of(name));
        } else {
            edits.set(part, name, JsonEdits.quoted(word));
        }
    }

    private static boolean isForeign(JsonMembers part) {
        String signature = part.text(signature(part));
        return signature != null && signature.startsWith(MARK);
    }

    private static boolean isCall(JsonMembers part) {
        return part.has(GeminiWire.spelled(part, "functionCall", "function_call"));
    }

    private static String signature(JsonMembers part) {
        return GeminiWire.spelled(part, "thoughtSignature", "thought_signature");
    }

    /** Where a list is due, the API also takes its only element. */
    private List<Value> elements(@Nullable Value list) {
        return list != null && list.kind() == Kind.OBJECT ? List.of(list) : JsonElements.of(body, list);
    }
}
