package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.conversation.BlockTeller;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a chat completion. Pieces of several may come in any order, but only one can be told at a time: the
 * first is told as it comes, the others are kept until nothing more can come of those before them.
 */
final class ChatCalls {
    private final FittedNames names;
    private final BlockTeller teller;
    private final List<Call> calls = new ArrayList<>();
    private int told;

    ChatCalls(FittedNames names, BlockTeller teller) {
        this.names = names;
        this.teller = teller;
    }

    /** One call, as far as it is known and not told. */
    private static final class Call {
        private final int index;
        private final String id;
        private String name = "";
        private @Nullable Signature signature;
        private final StringBuilder arguments = new StringBuilder();
        private boolean open;

        Call(int index, String id) {
            this.index = index;
            this.id = id;
        }
    }

    void read(JsonNode piece, Consumer<AnswerEvent> out) {
        JsonNode function = piece.path("function");
        Call call = call(piece.path("index").asInt(-1), Json.text(piece, "id"));
        String signature = Json.text(piece.path("extra_content").path("google"), "thought_signature");
        if (!signature.isEmpty()) {
            call.signature = new Signature(Signature.GEMINI, signature);
        }
        grow(call, function, out);
    }

    /** The one call of the API's first form. */
    void legacy(JsonNode function, Consumer<AnswerEvent> out) {
        grow(call(0, ""), function, out);
    }

    private void grow(Call call, JsonNode function, Consumer<AnswerEvent> out) {
        if (call.name.isEmpty()) {
            call.name = Json.text(function, "name");
        }
        JsonNode arguments = function.path("arguments");
        call.arguments.append(arguments.isContainerNode() ? arguments.toString() : arguments.asText(""));
        if (told < calls.size() && calls.get(told) == call) {
            tell(call, out);
        }
    }

    /** By its index, or by its id where a server counts wrongly or not at all; a piece without either is the last's. */
    private Call call(int index, String id) {
        for (int at = calls.size() - 1; at >= 0; at--) {
            Call known = calls.get(at);
            boolean same = id.isEmpty() ? index < 0 || known.index == index : known.id.equals(id);
            if (same) {
                return known;
            }
        }
        Call call = new Call(index, id.isEmpty() ? BlockTeller.madeUpId() : id);
        calls.add(call);
        return call;
    }

    private void tell(Call call, Consumer<AnswerEvent> out) {
        if (call.name.isEmpty()) {
            return;
        }
        if (!call.open) {
            call.open = true;
            teller.open(new Block.ToolCall(call.id, names.original(call.name), call.signature), out);
        }
        teller.grow(call.arguments.toString(), out);
        call.arguments.setLength(0);
    }

    /** Whether a call has begun, after which nothing else can be told before the end. */
    boolean haveBegun() {
        return !calls.isEmpty();
    }

    /** Tells what was kept; a call that never got a name is none. */
    void end(Consumer<AnswerEvent> out) {
        while (told < calls.size()) {
            tell(calls.get(told), out);
            teller.close(out);
            told++;
        }
    }
}
