package dev.tollgate.upstream.anthropic;

import dev.tollgate.application.relay.JsonElements;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.http.ByteSearch;
import dev.tollgate.upstream.http.JsonEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a body the thinking that other providers did earlier in the conversation, which Anthropic refuses. It is
 * known by the token its signature was told as, or by the empty signature of providers that sign nothing.
 *
 * <p>Where the tool calls being answered are then left without the thinking the API demands before them, the model is
 * not to think in this one call (a budget only; adaptive thinking demands nothing).
 */
final class ForeignThinking {
    private static final List<ByteSearch> MARKS = Stream.of(Signature.MARK, "\"signature\":\"\"", "\"signature\": \"\"")
            .map(ByteSearch::of)
            .toList();

    private static final String TYPE = "type";
    private static final String THINKING = "thinking";
    private static final String REDACTED = "redacted_thinking";

    /** An edit of the context that is refused unless the model thinks (Claude's documentation of context editing). */
    private static final String CLEAR_THINKING = "clear_thinking_";

    private final byte[] body;
    private final JsonMembers members;
    private final JsonEdits edits;
    private final List<Message> kept = new ArrayList<>();

    private ForeignThinking(byte[] body, JsonMembers members) {
        this.body = body;
        this.members = members;
        this.edits = new JsonEdits(body);
    }

    /** @param isSwitchedOff whether the model is not to think, though the caller wants it to */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Removed(byte[] bytes, boolean isSwitchedOff) {}

    /** The body without it; the very same bytes if there is none. */
    static Removed of(byte[] body) {
        boolean mayHave = MARKS.stream().anyMatch(mark -> mark.isIn(body));
        return mayHave && JsonMembers.scan(body) instanceof JsonMembers members
                ? new ForeignThinking(body, members).removed()
                : new Removed(body, false);
    }

    /** A turn with the blocks it keeps; none of them if its content is one text. */
    private record Message(boolean isAssistant, List<JsonMembers> blocks) {
        boolean has(String type) {
            return blocks.stream().anyMatch(block -> type.equals(block.text(TYPE)));
        }
    }

    private Removed removed() {
        List<Value> messages = JsonElements.of(body, members.value("messages"));
        List<Value> emptied = new ArrayList<>();
        for (Value message : messages) {
            if (clean(message)) {
                emptied.add(message);
            }
        }
        edits.removeElements(messages, emptied);
        boolean isSwitchedOff = hasBudget() && lacksThinking();
        if (isSwitchedOff) {
            switchOff();
        }
        return new Removed(edits.bytes(), isSwitchedOff);
    }

    /** Whether nothing of the message is left; it is to go as a whole then, and the turns around it become one. */
    private boolean clean(Value message) {
        JsonMembers turn = JsonMembers.of(body, message);
        if (turn == null) {
            return false;
        }
        List<Value> blocks = JsonElements.of(body, turn.value("content"));
        List<Value> foreign = blocks.stream().filter(this::isForeign).toList();
        if (!foreign.isEmpty() && foreign.size() == blocks.size()) {
            return true;
        }
        edits.removeElements(blocks, foreign);
        List<JsonMembers> left = blocks.stream()
                .filter(block -> !foreign.contains(block))
                .map(value -> JsonMembers.of(body, value))
                .filter(Objects::nonNull)
                .toList();
        kept.add(new Message("assistant".equals(turn.text("role")), left));
        return false;
    }

    private boolean isForeign(Value value) {
        JsonMembers block = JsonMembers.of(body, value);
        String type = block == null ? null : block.text(TYPE);
        if (block == null || type == null) {
            return false;
        }
        return switch (type) {
            case THINKING -> isForeignText(block.text("signature"));
            case REDACTED -> isForeignText(block.text("data"));
            default -> false;
        };
    }

    private static boolean isForeignText(@Nullable String signature) {
        return signature != null && (signature.isEmpty() || Signature.isToken(signature));
    }

    private boolean hasBudget() {
        return members.object(THINKING) instanceof JsonMembers thinking && "enabled".equals(thinking.text(TYPE));
    }

    /** Whether the last turn answers tool calls of a turn that does not begin with thinking. */
    private boolean lacksThinking() {
        if (kept.size() < 2 || !kept.getLast().has("tool_result")) {
            return false;
        }
        Message calling = kept.get(kept.size() - 2);
        if (!calling.isAssistant() || !calling.has("tool_use")) {
            return false;
        }
        String first = calling.blocks().getFirst().text(TYPE);
        return !THINKING.equals(first) && !REDACTED.equals(first);
    }

    private void switchOff() {
        edits.set(members, THINKING, "{\"type\":\"disabled\"}");
        if (!(members.object("context_management") instanceof JsonMembers management)) {
            return;
        }
        List<Value> all = JsonElements.of(body, management.value("edits"));
        List<Value> clearing = all.stream().filter(this::clearsThinking).toList();
        if (!clearing.isEmpty() && clearing.size() == all.size()) {
            edits.removeMembers(members, Set.of("context_management"));
        } else {
            edits.removeElements(all, clearing);
        }
    }

    private boolean clearsThinking(Value edit) {
        JsonMembers object = JsonMembers.of(body, edit);
        String type = object == null ? null : object.text(TYPE);
        return type != null && type.startsWith(CLEAR_THINKING);
    }
}
