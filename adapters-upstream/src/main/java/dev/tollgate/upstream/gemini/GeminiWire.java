package dev.tollgate.upstream.gemini;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.JsonElements;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.JsonEdits;

/**
 * The few members of a request that are ours to set; the rest of the body goes as it came. Members are understood in
 * both spellings, as the API does; no body with both comes this far.
 */
final class GeminiWire {
    private static final String MODEL = "model";

    private final JsonEdits edits;
    private final byte[] body;
    private final UpstreamRequest request;

    private GeminiWire(UpstreamRequest request, byte[] body) {
        this.request = request;
        this.body = body;
        this.edits = new JsonEdits(body);
    }

    static byte[] body(UpstreamRequest request) {
        CallBody body = request.call().body();
        boolean sameModel = request.sentModel().equals(body.model());
        boolean bounded =
                request.outputBound() != null && request.call().dialect().equals("generate_content");
        boolean unchanged = sameModel && !bounded;
        byte[] bytes = ForeignThoughts.removed(body.bytes(), request.sentModel());
        if (unchanged || !(JsonMembers.scan(bytes) instanceof JsonMembers members)) {
            return bytes;
        }
        GeminiWire wire = new GeminiWire(request, bytes);
        if (!sameModel) {
            wire.renameModel(members);
        }
        if (bounded && request.outputBound() != null) {
            wire.bound(members, request.outputBound());
        }
        return wire.edits.bytes();
    }

    /** The model is in the path; a body that repeats it must not contradict. */
    private void renameModel(JsonMembers members) {
        rename(members);
        String counted = spelled(members, "generateContentRequest", "generate_content_request");
        if (members.object(counted) instanceof JsonMembers inner) {
            rename(inner);
        }
        for (Value element : JsonElements.of(body, members.value("requests"))) {
            boolean isObject = element.kind() == Kind.OBJECT;
            if (isObject && JsonMembers.scan(body, element.start(), element.end()) instanceof JsonMembers inner) {
                rename(inner);
            }
        }
    }

    private void rename(JsonMembers members) {
        if (members.kind(MODEL) == Kind.STRING) {
            edits.set(members, MODEL, JsonEdits.quoted("models/" + request.sentModel()));
        }
    }

    private void bound(JsonMembers members, long bound) {
        String config = spelled(members, "generationConfig", "generation_config");
        if (members.object(config) instanceof JsonMembers inner) {
            edits.set(inner, spelled(inner, "maxOutputTokens", "max_output_tokens"), Long.toString(bound));
        } else {
            edits.set(members, config, "{\"maxOutputTokens\":" + bound + "}");
        }
    }

    static String spelled(JsonMembers members, String camel, String snake) {
        return members.has(snake) ? snake : camel;
    }
}
