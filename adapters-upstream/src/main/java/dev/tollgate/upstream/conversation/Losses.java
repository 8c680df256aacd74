package dev.tollgate.upstream.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.RelayCall;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is noted while a request is written: what has no place and is left out, and the first thing that forbids it. */
public final class Losses {
    private final RelayCall call;
    private final Set<String> dropped = new LinkedHashSet<>();
    private @Nullable CallError refusal;

    public Losses(RelayCall call) {
        this.call = call;
    }

    /** Leaves out what only tunes. */
    public void drop(CallerField field) {
        drop(field.in(call));
    }

    /** The same by the caller's own name for it. */
    public void drop(String field) {
        dropped.add(field);
    }

    /** Leaving this out would change the meaning, so the call is not made. */
    public void refuse(CallerField field, String why) {
        if (refusal == null) {
            CallError.Code code = CallError.Code.INVALID_REQUEST;
            refusal = new CallError(code, code.status(), why, field.in(call), null);
        }
    }

    /** What has become of the request, whose body is this. */
    public PlatformCodec.Written written(JsonNode body) {
        CallError error = refusal;
        return error == null
                ? new PlatformCodec.Written.Body(
                        Json.bytes(body), dropped.stream().toList())
                : new PlatformCodec.Written.Refused(error);
    }
}
