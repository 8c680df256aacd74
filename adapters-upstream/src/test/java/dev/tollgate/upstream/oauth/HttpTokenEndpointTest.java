package dev.tollgate.upstream.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.TokenEndpoint;
import dev.tollgate.application.account.TokenEndpoint.Said;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HttpTokenEndpointTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private final TokenEndpoint endpoint = new HttpTokenEndpoint(HTTP);

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void asks_with_the_refresh_token_and_reads_the_new_pair() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(
                200, "{\"access_token\":\"a2\",\"refresh_token\":\"r2\",\"expires_in\":28800,\"scope\":\"x\"}"))) {
            Said said = endpoint.refresh(ask(server.baseUrl() + "/v1/oauth/token"));

            assertThat(said).isEqualTo(new Said.Issued("a2", "r2", Duration.ofHours(8)));
            ScriptedUpstream.Received asked = server.received().getFirst();
            assertThat(asked.requestLine()).isEqualTo("POST /v1/oauth/token HTTP/1.1");
            assertThat(new String(asked.body(), UTF_8))
                    .isEqualTo("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"r1\",\"client_id\":\"c\"}");
        }
    }

    @Test
    void a_pair_may_leave_out_what_stays_as_it_is() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"access_token\":\"a2\"}"))) {
            assertThat(endpoint.refresh(ask(server.baseUrl()))).isEqualTo(new Said.Issued("a2", null, null));
        }
    }

    @Test
    void a_refused_token_is_told_from_an_address_that_fails() {
        String grant = "{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token not found\"}";
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(400, grant))) {
            assertThat(endpoint.refresh(ask(server.baseUrl())))
                    .isEqualTo(new Said.Refused("400 invalid_grant Refresh token not found"));
        }
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(503, "<html>"))) {
            assertThat(endpoint.refresh(ask(server.baseUrl()))).isEqualTo(new Said.Unreachable("503"));
        }
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{}"))) {
            assertThat(endpoint.refresh(ask(server.baseUrl()))).isInstanceOf(Said.Unreachable.class);
        }
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.reset())) {
            assertThat(endpoint.refresh(ask(server.baseUrl()))).isInstanceOf(Said.Unreachable.class);
        }
    }

    @Test
    void an_address_of_the_own_network_is_not_asked() {
        try (UpstreamHttp guarded = Calls.http(new AddressRules(false));
                ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"access_token\":\"a2\"}"))) {
            assertThat(new HttpTokenEndpoint(guarded).refresh(ask(server.baseUrl())))
                    .isInstanceOf(Said.Unreachable.class);
            assertThat(server.received()).isEmpty();
        }
    }

    private static TokenEndpoint.Ask ask(String url) {
        return new TokenEndpoint.Ask(url, "c", "r1", null);
    }
}
