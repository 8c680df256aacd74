package dev.tollgate.upstream.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.meter.LocalCount;
import java.util.List;
import java.util.Map;

/** Answers the dialects' questions how many tokens a prompt has, for platforms that have no such call: an estimate. */
public final class LocalTokenCount {
    /** The member the count stands in, by the dialect that asks. */
    private static final Map<String, String> MEMBERS =
            Map.of("count_tokens", "input_tokens", "gemini_count_tokens", "totalTokens");

    private static final AnswerHead HEAD = new AnswerHead(
            200,
            List.of(new Header("content-type", "application/json"), new Header("x-tollgate-token-count", "estimated")));

    private LocalTokenCount() {}

    /** Whether a call is such a question. */
    public static boolean answers(RelayCall call) {
        return MEMBERS.containsKey(call.dialect());
    }

    public static Prepared prepare(UpstreamRequest request) {
        String member = MEMBERS.get(request.call().dialect());
        return (Prepared.Ready) () -> {
            long tokens = LocalCount.input(request);
            return new Answer.Whole(HEAD, ("{\"" + member + "\":" + tokens + "}").getBytes(UTF_8), Metered.NOTHING);
        };
    }
}
