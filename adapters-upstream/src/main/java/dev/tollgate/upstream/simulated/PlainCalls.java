package dev.tollgate.upstream.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.meter.LocalCount;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The calls that are no conversation: embeddings and moderations. */
final class PlainCalls {
    private static final Map<String, Function<UpstreamRequest, Answer>> ANSWERS = Map.of(
            "embeddings", PlainCalls::embeddings,
            "embed_content", request -> charged(EmbeddingCalls.gemini(request), input(request)),
            "moderations", request -> answered(Moderations.answer(request), Metered.NOTHING));
    private static final AnswerHead HEAD = new AnswerHead(200, List.of(new Header("content-type", "application/json")));

    private PlainCalls() {}

    /** Whether calls of a dialect are such. */
    static boolean are(String dialect) {
        return ANSWERS.containsKey(dialect);
    }

    static Answer answer(UpstreamRequest request) {
        Function<UpstreamRequest, Answer> answer = ANSWERS.get(request.call().dialect());
        if (answer == null) {
            throw new IllegalArgumentException(request.call().dialect() + " is a conversation");
        }
        return answer.apply(request);
    }

    private static Answer embeddings(UpstreamRequest request) {
        long tokens = input(request);
        return charged(EmbeddingCalls.openai(request, tokens), tokens);
    }

    private static Answer charged(String body, long tokens) {
        Usage usage = Usage.of(TokenUsage.of(tokens, 0));
        return answered(body, new Metered(new UsageReport.Reported(usage), Set.of()));
    }

    private static Answer answered(String body, Metered metered) {
        return new Answer.Whole(HEAD, body.getBytes(UTF_8), metered);
    }

    private static long input(UpstreamRequest request) {
        return LocalCount.roughly(request.call().body().bytes().length);
    }
}
