package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.JsonEdits;
import org.jspecify.annotations.Nullable;

/** The few members of a chat request that are ours to set; the rest of the body goes as it came. */
final class ChatWire {
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String STREAM_OPTIONS = "stream_options";

    private ChatWire() {}

    static byte[] body(UpstreamRequest request) {
        CallBody body = request.call().body();
        boolean sameModel = request.sentModel().equals(body.model());
        boolean usageWanted = body.stream() && !body.usageAsked();
        boolean unchanged = sameModel && !usageWanted && request.outputBound() == null;
        if (unchanged || !(JsonMembers.scan(body.bytes()) instanceof JsonMembers members)) {
            return body.bytes();
        }
        JsonEdits edits = new JsonEdits(body.bytes());
        if (!sameModel) {
            edits.set(members, "model", JsonEdits.quoted(request.sentModel()));
        }
        if (usageWanted) {
            askForUsage(members, edits);
        }
        if (request.outputBound() != null) {
            bound(members, edits, request, request.outputBound());
        }
        return edits.bytes();
    }

    private static void askForUsage(JsonMembers members, JsonEdits edits) {
        if (members.object(STREAM_OPTIONS) instanceof JsonMembers options) {
            edits.set(options, "include_usage", "true");
        } else {
            edits.set(members, STREAM_OPTIONS, "{\"include_usage\":true}");
        }
    }

    private static void bound(JsonMembers members, JsonEdits edits, UpstreamRequest request, long bound) {
        boolean older = isSet(members, MAX_TOKENS);
        boolean newer = isSet(members, MAX_COMPLETION_TOKENS);
        if (older) {
            edits.set(members, MAX_TOKENS, Long.toString(bound));
        }
        if (newer) {
            edits.set(members, MAX_COMPLETION_TOKENS, Long.toString(bound));
        }
        if (!older && !newer) {
            String name = takesNewName(request.connection().baseUrl(), request.sentModel())
                    ? MAX_COMPLETION_TOKENS
                    : MAX_TOKENS;
            edits.set(members, name, Long.toString(bound));
        }
    }

    private static boolean isSet(JsonMembers members, String name) {
        return members.has(name) && members.kind(name) != JsonMembers.Kind.NULL;
    }

    /** OpenAI's own models take the newer name, its reasoning models only that; compatible servers know the older. */
    private static boolean takesNewName(@Nullable String baseUrl, String model) {
        return baseUrl == null || model.matches("(gpt-[5-9]|o[1-9]).*");
    }
}
