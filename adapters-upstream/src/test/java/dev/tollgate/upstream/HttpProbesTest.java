package dev.tollgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.account.Probes;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.azure.AzureEndpoint;
import dev.tollgate.upstream.bedrock.BedrockUpstream;
import dev.tollgate.upstream.gemini.GeminiUpstream;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbesTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final BedrockUpstream BEDROCK = new BedrockUpstream(HTTP, CLOCK);
    private static final Map<AccountType, Platform> PLATFORMS = Map.of(
            AccountType.OPENAI, new OpenAiUpstream(HTTP, CLOCK),
            AccountType.AZURE_OPENAI, new OpenAiUpstream(HTTP, CLOCK, new AzureEndpoint()),
            AccountType.CLAUDE, new AnthropicUpstream(HTTP, CLOCK),
            AccountType.GEMINI, new GeminiUpstream(HTTP, CLOCK),
            AccountType.BEDROCK, BEDROCK);
    private static final Probes PROBES = new HttpProbes(HTTP, PLATFORMS);

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, '', GET /v1/models HTTP/1.1, authorization, Bearer key",
        "AZURE_OPENAI, '', GET /openai/models?api-version=2024-10-21 HTTP/1.1, api-key, key",
        "AZURE_OPENAI, /openai/v1, GET /openai/v1/models HTTP/1.1, api-key, key",
        "CLAUDE, '', GET /v1/models?limit=1 HTTP/1.1, x-api-key, key",
        "GEMINI, '', GET /v1beta/models?pageSize=1 HTTP/1.1, x-goog-api-key, key",
    })
    void the_models_are_asked_for_with_the_accounts_credentials(
            AccountType type, String base, String line, String header, String value) {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"data\":[]}"))) {
            assertThat(PROBES.isLetIn(type, connection(server.baseUrl() + base)))
                    .isTrue();

            ScriptedUpstream.Received asked = server.received().getFirst();
            assertThat(asked.requestLine()).isEqualTo(line);
            assertThat(asked.header(header)).containsExactly(value);
            assertThat(asked.header("x-extra")).containsExactly("1");
            assertThat(asked.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 302})
    void any_other_answer_lets_nobody_in(int status) {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(status, "{}"))) {
            assertThat(PROBES.isLetIn(AccountType.OPENAI, connection(server.baseUrl())))
                    .isFalse();
        }
    }

    @Test
    void what_cannot_be_reached_or_asked_lets_nobody_in() {
        assertThat(PROBES.isLetIn(AccountType.OPENAI, connection("http://127.0.0.1:1")))
                .isFalse();
        assertThat(PROBES.isLetIn(
                        AccountType.OPENAI,
                        new Connection("http://127.0.0.1:1", Map.of("api_key", "a\nb"), null, Map.of())))
                .isFalse();
        assertThat(PROBES.isLetIn(
                        AccountType.AZURE_OPENAI, new Connection(null, Map.of("api_key", "key"), null, Map.of())))
                .isFalse();
        assertThat(PROBES.isLetIn(AccountType.AZURE_OPENAI, connection("http://127.0.0.1:1/models")))
                .isFalse();
        assertThat(PROBES.isLetIn(AccountType.SIMULATED, connection("http://127.0.0.1:1")))
                .isFalse();
    }

    @Test
    void bedrocks_list_is_another_host_of_the_region_and_signed_for() {
        Map<String, String> keys =
                Map.of("access_key_id", "AKIDEXAMPLE", "secret_access_key", "secret", "region", "eu-west-1");

        HttpCall probe = BEDROCK.probe(new Connection(null, keys, null, Map.of()));

        assertThat(probe.method()).isEqualTo(HttpCall.Method.GET);
        assertThat(probe.origin().authority()).isEqualTo("bedrock.eu-west-1.amazonaws.com");
        assertThat(probe.pathAndQuery()).isEqualTo("/foundation-models");
        assertThat(probe.headers()).anySatisfy(header -> {
            assertThat(header.name()).isEqualToIgnoringCase("authorization");
            assertThat(header.value()).contains("Credential=AKIDEXAMPLE/", "/eu-west-1/bedrock/aws4_request");
        });
        assertThat(BEDROCK.probe(new Connection("https://example.com", keys, null, Map.of())))
                .isNull();
    }

    private static Connection connection(String base) {
        return new Connection(base, Map.of("api_key", "key"), null, Map.of("x-extra", "1"));
    }
}
