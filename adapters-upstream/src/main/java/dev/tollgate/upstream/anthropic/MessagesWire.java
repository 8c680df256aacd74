package dev.tollgate.upstream.anthropic;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.JsonEdits;
import java.util.List;

/** The few members of a messages request that are ours to set; the rest of the body goes as it came. */
public final class MessagesWire {
    /** The least thinking budget the API takes. */
    private static final long THINKING_MIN = 1024;

    private static final String THINKING = "thinking";

    private MessagesWire() {}

    /** A body as it is to be sent, or why it cannot be. */
    public sealed interface Body {
        @SuppressWarnings("ArrayRecordComponent") // written once, never compared
        record Ready(byte[] bytes, List<String> dropped) implements Body {
            public Ready {
                dropped = List.copyOf(dropped);
            }
        }

        record Refused(CallError error) implements Body {}
    }

    /** The request's body for the model it is sent to, with the output bound it is given. */
    public static Body body(UpstreamRequest request) {
        CallBody body = request.call().body();
        ForeignThinking.Removed removed = ForeignThinking.of(body.bytes());
        byte[] bytes = removed.bytes();
        List<String> dropped = removed.isSwitchedOff() ? List.of(THINKING) : List.of();
        boolean sameModel = request.sentModel().equals(body.model());
        boolean unchanged = sameModel && request.outputBound() == null;
        if (unchanged || !(JsonMembers.scan(bytes) instanceof JsonMembers members)) {
            return new Body.Ready(bytes, dropped);
        }
        JsonEdits edits = new JsonEdits(bytes);
        if (!sameModel) {
            edits.set(members, "model", JsonEdits.quoted(request.sentModel()));
        }
        if (request.outputBound() != null && !bound(members, edits, request.outputBound())) {
            return new Body.Refused(tooSmallForThinking(request.outputBound()));
        }
        return new Body.Ready(edits.bytes(), dropped);
    }

    /** Sets the bound and keeps a thinking budget below it; false if that leaves too little to think with. */
    private static boolean bound(JsonMembers members, JsonEdits edits, long bound) {
        edits.set(members, "max_tokens", Long.toString(bound));
        if (!(members.object(THINKING) instanceof JsonMembers thinking)) {
            return true;
        }
        Long budget = thinking.integer("budget_tokens");
        if (budget == null || budget < bound) {
            return true;
        }
        if (bound <= THINKING_MIN) {
            return false;
        }
        edits.set(thinking, "budget_tokens", Long.toString(bound - 1));
        return true;
    }

    private static CallError tooSmallForThinking(long bound) {
        String message = "What is left allows " + bound + " output tokens, too few for thinking, which needs more than "
                + THINKING_MIN + "; turn thinking off or ask for less";
        return new CallError(
                CallError.Code.INVALID_REQUEST, CallError.Code.INVALID_REQUEST.status(), message, THINKING, null);
    }
}
