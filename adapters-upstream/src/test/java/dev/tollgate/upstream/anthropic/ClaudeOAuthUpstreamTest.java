package dev.tollgate.upstream.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.FreshTokens;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Header;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClaudeOAuthUpstreamTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String HELLO =
            "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}";
    private static final String EXPIRED =
            "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"OAuth token has expired.\"}}";

    private final GivenTokens tokens = new GivenTokens();
    private final ClaudeOAuthUpstream upstream =
            new ClaudeOAuthUpstream(new AnthropicUpstream(HTTP, InstantSource.system()), tokens);

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void sends_the_token_as_bearer_and_the_callers_betas_with_its_own() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, HELLO))) {
            Calls call = Calls.messages(server.baseUrl()).headers(List.of(new Header("anthropic-beta", "one,two")));

            Answer answer = Calls.send(upstream.prepare(call.request()));

            assertThat(answer).isInstanceOf(Answer.Whole.class);
            ScriptedUpstream.Received sent = server.received().getFirst();
            assertThat(sent.requestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(sent.header("authorization")).containsExactly("Bearer token-1");
            assertThat(sent.header("anthropic-beta")).containsExactly("one,two,oauth-2025-04-20");
        }
    }

    @Test
    void an_endpoint_may_be_given_by_its_whole_address() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, HELLO))) {
            Answer answer = Calls.send(upstream.prepare(
                    Calls.messages(server.baseUrl() + "/router/v1/messages/").request()));

            assertThat(answer).isInstanceOf(Answer.Whole.class);
            assertThat(server.received().getFirst().requestLine()).isEqualTo("POST /router/v1/messages HTTP/1.1");
        }
    }

    @Test
    void a_refused_token_is_renewed_and_the_call_sent_once_more() {
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(Replies.json(401, EXPIRED), Replies.json(200, HELLO));

            Answer answer =
                    Calls.send(upstream.prepare(Calls.messages(server.baseUrl()).request()));

            assertThat(answer).isInstanceOf(Answer.Whole.class);
            assertThat(tokens.refused).containsExactly("token-1");
            assertThat(server.received().get(1).header("authorization")).containsExactly("Bearer token-2");
        }
    }

    @Test
    void a_renewed_token_that_is_refused_too_is_the_end_of_it() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(401, EXPIRED))) {
            Answer answer =
                    Calls.send(upstream.prepare(Calls.messages(server.baseUrl()).request()));

            assertThat(answer).isInstanceOf(Answer.Failed.class);
            assertThat(server.received()).hasSize(2);
            assertThat(tokens.refused).containsExactly("token-1");
        }
    }

    @Test
    void without_another_token_the_refusal_stands() {
        tokens.renewed = Optional.empty();
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(401, EXPIRED))) {
            Answer answer =
                    Calls.send(upstream.prepare(Calls.messages(server.baseUrl()).request()));

            assertThat(((Answer.Failed) answer).fault().httpStatus()).isEqualTo(401);
            assertThat(server.received()).hasSize(1);
        }
    }

    private static final class GivenTokens implements FreshTokens {
        private final List<String> refused = new ArrayList<>();
        private Optional<String> renewed = Optional.of("token-2");

        @Override
        public String token(AccountId account) {
            return "token-1";
        }

        @Override
        public Optional<String> afterRefusal(AccountId account, String token) {
            refused.add(token);
            return renewed;
        }
    }
}
