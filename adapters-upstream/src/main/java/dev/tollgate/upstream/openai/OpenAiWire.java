package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.FormParts;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.JsonEdits;
import org.jspecify.annotations.Nullable;

/** The few members of a request that are ours to set; the rest of the body goes as it came. */
final class OpenAiWire {
    private static final String MODEL = "model";
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String STREAM_OPTIONS = "stream_options";

    private OpenAiWire() {}

    /** @param model the name it has in the body that is sent */
    static byte[] body(UpstreamRequest request, OpenAiApi api, String model) {
        CallBody body = request.call().body();
        boolean sameModel = model.equals(body.model());
        FormParts form = FormParts.of(body);
        if (form != null) {
            return sameModel ? body.bytes() : form.with(MODEL, model);
        }
        boolean usageWanted = body.stream() && !body.usageAsked() && api.mustBeAskedForUsage();
        boolean unchanged = sameModel && !usageWanted && request.outputBound() == null;
        byte[] bytes = ForeignReasoning.removed(body.bytes(), api);
        if (unchanged || !(JsonMembers.scan(bytes) instanceof JsonMembers members)) {
            return bytes;
        }
        JsonEdits edits = new JsonEdits(bytes);
        if (!sameModel) {
            edits.set(members, MODEL, JsonEdits.quoted(model));
        }
        if (usageWanted) {
            askForUsage(members, edits);
        }
        if (request.outputBound() != null) {
            bound(members, edits, request, api, Long.toString(request.outputBound()));
        }
        return edits.bytes();
    }

    /** A written body with another name for its model. */
    static byte[] named(byte[] body, String written, String model) {
        if (model.equals(written) || !(JsonMembers.scan(body) instanceof JsonMembers members)) {
            return body;
        }
        JsonEdits edits = new JsonEdits(body);
        edits.set(members, MODEL, JsonEdits.quoted(model));
        return edits.bytes();
    }

    private static void askForUsage(JsonMembers members, JsonEdits edits) {
        if (members.object(STREAM_OPTIONS) instanceof JsonMembers options) {
            edits.set(options, "include_usage", "true");
        } else {
            edits.set(members, STREAM_OPTIONS, "{\"include_usage\":true}");
        }
    }

    private static void bound(
            JsonMembers members, JsonEdits edits, UpstreamRequest request, OpenAiApi api, String bound) {
        String name = api.boundName();
        if (name != null) {
            edits.set(members, name, bound);
        } else if (api == OpenAiApi.CHAT) {
            boundChat(members, edits, request, bound);
        }
    }

    private static void boundChat(JsonMembers members, JsonEdits edits, UpstreamRequest request, String bound) {
        boolean older = isSet(members, MAX_TOKENS);
        boolean newer = isSet(members, MAX_COMPLETION_TOKENS);
        if (older) {
            edits.set(members, MAX_TOKENS, bound);
        }
        if (newer) {
            edits.set(members, MAX_COMPLETION_TOKENS, bound);
        }
        if (!older && !newer) {
            edits.set(members, chatBoundName(request.connection().baseUrl(), request.sentModel()), bound);
        }
    }

    private static boolean isSet(JsonMembers members, String name) {
        return members.has(name) && members.kind(name) != JsonMembers.Kind.NULL;
    }

    /** OpenAI's own models take the newer name, its reasoning models only that; compatible servers know the older. */
    private static String chatBoundName(@Nullable String baseUrl, String model) {
        boolean newer = baseUrl == null || model.matches("(gpt-[5-9]|o[1-9]).*");
        return newer ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
    }
}
