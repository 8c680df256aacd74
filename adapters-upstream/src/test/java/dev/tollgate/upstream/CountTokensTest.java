package dev.tollgate.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.upstream.ScriptedUpstream.Received;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Token counts: Anthropic's own where the account is there, an estimate anywhere else. */
class CountTokensTest {
    private static final String BODY = """
            {"model":"claude-haiku-4-5","system":"Be brief.","messages":[{"role":"user","content":\
            [{"type":"text","text":"What is the capital of France?"}]}]}""";

    private final ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"input_tokens\": 43}"));
    private final UpstreamHttp http = Calls.http();
    private final AccountUpstreams upstreams = new AccountUpstreams(Map.of(
            AccountType.CLAUDE, new AnthropicUpstream(http, InstantSource.system()),
            AccountType.OPENAI, new OpenAiUpstream(http, InstantSource.system())));

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void anthropic_is_asked_with_the_body_as_it_came() {
        Answer answer = send(question(AccountType.CLAUDE, "count_tokens"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Whole.class,
                        whole -> assertThat(whole.body()).asString(UTF_8).isEqualTo("{\"input_tokens\": 43}"));
        Received received = server.received().get(0);
        assertThat(received.requestLine()).isEqualTo("POST /v1/messages/count_tokens?beta=true HTTP/1.1");
        assertThat(received.body()).asString(UTF_8).isEqualTo(BODY);
        assertThat(received.header("x-api-key")).containsExactly("sk-upstream");
    }

    @Test
    void anthropic_s_refusal_is_the_request_s_fault() {
        try (ScriptedUpstream refusing = ScriptedUpstream.answering(Replies.json(
                404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: x\"}}"))) {
            UpstreamRequest request =
                    counting(Calls.messages(refusing.baseUrl()).body(BODY), "count_tokens");

            assertThat(send(request))
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.fault().kind()).isEqualTo(Fault.Kind.REQUEST));
        }
    }

    @Test
    void another_platform_s_count_is_estimated() {
        Answer answer = send(question(AccountType.OPENAI, "count_tokens"));

        assertThat(answer).isInstanceOfSatisfying(Answer.Whole.class, whole -> {
            assertThat(whole.body()).asString(UTF_8).matches("\\{\"input_tokens\":[1-9][0-9]}");
            assertThat(whole.head().headers()).contains(new Header("x-tollgate-token-count", "estimated"));
        });
        assertThat(server.received()).isEmpty();
    }

    @Test
    void gemini_s_question_is_answered_in_its_own_words() {
        Answer answer = send(question(AccountType.CLAUDE, "gemini_count_tokens"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Whole.class,
                        whole -> assertThat(whole.body()).asString(UTF_8).matches("\\{\"totalTokens\":[1-9][0-9]}"));
    }

    private Answer send(UpstreamRequest request) {
        assertThat(upstreams.speaks(request.account().type(), request.call())).isTrue();
        return Calls.send(upstreams.prepare(request));
    }

    private UpstreamRequest question(AccountType type, String dialect) {
        Calls calls = type == AccountType.CLAUDE ? Calls.messages(server.baseUrl()) : Calls.chat(server.baseUrl());
        return counting(calls.body(BODY), dialect);
    }

    private static UpstreamRequest counting(Calls calls, String dialect) {
        UpstreamRequest request = calls.request();
        RelayCall call = request.call();
        RelayCall counting = new RelayCall(
                call.id(),
                dialect,
                "/messages/count_tokens",
                "beta=true",
                null,
                call.keyText(),
                List.of(),
                call.body(),
                null,
                true,
                call.clientIp(),
                call.userAgent());
        return new UpstreamRequest(
                counting,
                request.account(),
                request.connection(),
                request.sentModel(),
                null,
                false,
                request.contextWindow(),
                request.deadlines());
    }
}
