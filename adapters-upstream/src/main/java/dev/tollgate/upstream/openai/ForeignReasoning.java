package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.JsonElements;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.http.ByteSearch;
import dev.tollgate.upstream.http.JsonEdits;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a body the reasoning of other providers earlier in the conversation, which OpenAI refuses. It is known by
 * the token its signature was told as, or, where nothing was signed, by an id that the gateway made: OpenAI's own have no
 * second underscore.
 */
final class ForeignReasoning {
    private static final List<ByteSearch> MARKS =
            Stream.of(Signature.MARK, "\"rs_").map(ByteSearch::of).toList();

    private static final Pattern GATEWAYS_ID = Pattern.compile("rs_[0-9a-zA-Z]+_[0-9]+");
    private static final String ENCRYPTED = "encrypted_content";
    private static final String DETAILS = "reasoning_details";

    private final byte[] body;
    private final JsonEdits edits;

    private ForeignReasoning(byte[] body) {
        this.body = body;
        this.edits = new JsonEdits(body);
    }

    /** The body without it; the very same bytes if there is none. */
    static byte[] removed(byte[] body, OpenAiApi api) {
        boolean isConversation = api == OpenAiApi.CHAT || api == OpenAiApi.RESPONSES || api == OpenAiApi.COMPACT;
        boolean mayHave = isConversation && MARKS.stream().anyMatch(mark -> mark.isIn(body));
        if (!mayHave || !(JsonMembers.scan(body) instanceof JsonMembers members)) {
            return body;
        }
        ForeignReasoning foreign = new ForeignReasoning(body);
        if (api == OpenAiApi.CHAT) {
            foreign.objects(members.value("messages")).forEach(foreign::clean);
        } else {
            List<Value> items = JsonElements.of(body, members.value("input"));
            foreign.remove(items, ForeignReasoning::isItem);
        }
        return foreign.edits.bytes();
    }

    private static boolean isItem(JsonMembers item) {
        if (!"reasoning".equals(item.text("type"))) {
            return false;
        }
        String encrypted = item.text(ENCRYPTED);
        String id = item.text("id");
        if (encrypted != null && !encrypted.isEmpty()) {
            return Signature.isToken(encrypted);
        }
        return id != null && GATEWAYS_ID.matcher(id).matches();
    }

    /** Only what the gateway itself told goes; compatible servers have a use for the rest. */
    private void clean(JsonMembers message) {
        List<Value> details = JsonElements.of(body, message.value(DETAILS));
        long foreign = details.stream()
                .filter(detail -> is(detail, ForeignReasoning::isDetail))
                .count();
        if (foreign > 0 && foreign == details.size()) {
            edits.removeMembers(message, Set.of(DETAILS));
        } else {
            remove(details, ForeignReasoning::isDetail);
        }
        objects(message.value("tool_calls"))
                .filter(ForeignReasoning::isSignedCall)
                .forEach(call -> edits.removeMembers(call, Set.of("extra_content")));
    }

    private static boolean isDetail(JsonMembers detail) {
        return isToken(detail.text("signature")) || isToken(detail.text("data"));
    }

    private static boolean isSignedCall(JsonMembers call) {
        return call.object("extra_content") instanceof JsonMembers extra
                && extra.object("google") instanceof JsonMembers google
                && isToken(google.text("thought_signature"));
    }

    private static boolean isToken(@Nullable String text) {
        return text != null && Signature.isToken(text);
    }

    private void remove(List<Value> elements, Predicate<JsonMembers> foreign) {
        edits.removeElements(
                elements,
                elements.stream().filter(element -> is(element, foreign)).toList());
    }

    private boolean is(Value element, Predicate<JsonMembers> foreign) {
        JsonMembers object = JsonMembers.of(body, element);
        return object != null && foreign.test(object);
    }

    private Stream<JsonMembers> objects(@Nullable Value list) {
        return JsonElements.of(body, list).stream()
                .map(value -> JsonMembers.of(body, value))
                .filter(Objects::nonNull);
    }
}
