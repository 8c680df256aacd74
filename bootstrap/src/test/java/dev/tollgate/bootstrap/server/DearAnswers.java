package dev.tollgate.bootstrap.server;

import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers of a provider that cost all a call may cost: as many output tokens as its bound allows. */
public final class DearAnswers {
    private DearAnswers() {}

    public static void asDearAsAllowed(ScriptedUpstream.Received request, ScriptedUpstream.Wire wire)
            throws IOException {
        answer(bound(request), request, wire);
    }

    /** Between one token and the bound, told by the request's own bytes. */
    public static void asTheyCome(ScriptedUpstream.Received request, ScriptedUpstream.Wire wire) throws IOException {
        int bound = bound(request);
        answer(1 + Math.floorMod(new String(request.body(), StandardCharsets.UTF_8).hashCode(), bound), request, wire);
    }

    private static int bound(ScriptedUpstream.Received request) {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return Integer.parseInt(body.replaceAll(".*\"max_(?:completion_)?tokens\":\\s*(\\d+).*", "$1"));
    }

    private static void answer(int tokens, ScriptedUpstream.Received request, ScriptedUpstream.Wire wire)
            throws IOException {
        Replies.json(
                        200,
                        "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,"
                                + "\"completion_tokens\":" + tokens + "}}")
                .answer(request, wire);
    }
}
