package dev.tollgate.upstream.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.openai.ApiCalls;
import dev.tollgate.upstream.openai.OpenAiApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureEndpointTest {
    private static final String HOST = "https://example.openai.azure.com";
    private static final AzureEndpoint AZURE = new AzureEndpoint();

    @Test
    void classic_addresses_name_the_deployment() {
        assertThat(path(ApiCalls.of(OpenAiApi.CHAT, HOST)))
                .isEqualTo("/openai/deployments/m/chat/completions?api-version=2024-10-21");
        assertThat(path(ApiCalls.of(OpenAiApi.TRANSCRIPTIONS, HOST + "/openai/")))
                .isEqualTo("/openai/deployments/m/audio/transcriptions?api-version=2024-10-21");
        assertThat(path(ApiCalls.of(OpenAiApi.EMBEDDINGS, HOST).model("a", "my model/1")))
                .isEqualTo("/openai/deployments/my%20model%2F1/embeddings?api-version=2024-10-21");
    }

    @Test
    void classic_responses_do_not() {
        assertThat(path(ApiCalls.of(OpenAiApi.RESPONSES, HOST)))
                .isEqualTo("/openai/responses?api-version=2025-04-01-preview");
    }

    @Test
    void v1_has_no_dated_version() {
        assertThat(path(ApiCalls.of(OpenAiApi.RESPONSES, HOST + "/openai/v1/"))).isEqualTo("/openai/v1/responses");
        assertThat(path(ApiCalls.of(OpenAiApi.CHAT, HOST + "/openai/v1").query("a=b")))
                .isEqualTo("/openai/v1/chat/completions?a=b");
    }

    @Test
    void foundry_serves_models_of_all_makers() {
        assertThat(path(ApiCalls.of(OpenAiApi.CHAT, "https://example.services.ai.azure.com/models")))
                .isEqualTo("/models/chat/completions?api-version=2024-05-01-preview");
    }

    @Test
    void the_accounts_version_takes_the_place_of_the_callers() {
        ApiCalls call = ApiCalls.of(OpenAiApi.CHAT, HOST).query("api-version=2023-01-01&x=1");

        assertThat(path(call)).endsWith("/chat/completions?x=1&api-version=2024-10-21");
        assertThat(path(call.with(Map.of("api_version", "2024-12-01-preview"))))
                .endsWith("/chat/completions?x=1&api-version=2024-12-01-preview");
    }

    @Test
    void a_model_is_sent_as_its_deployment() {
        ApiCalls call = ApiCalls.of(OpenAiApi.CHAT, HOST)
                .with(Map.of("deployments.gpt-4o", "our-4o"))
                .model("gpt-4o", "gpt-4o");

        assertThat(AZURE.model(call.request())).isEqualTo("our-4o");
        assertThat(path(call)).startsWith("/openai/deployments/our-4o/");
        assertThat(AZURE.model(call.model("gpt-5", "gpt-5").request())).isEqualTo("gpt-5");
    }

    @Test
    void a_key_and_a_token_go_under_different_headers() {
        ApiCalls call = ApiCalls.of(OpenAiApi.CHAT, HOST);

        assertThat(AZURE.credentials(call.with(Map.of("api_key", "0123abcd")).connection()))
                .containsExactly(new Header("api-key", "0123abcd"));
        assertThat(AZURE.credentials(
                        call.with(Map.of("api_key", "eyJhbGci.eyJhdWQi.c2ln")).connection()))
                .containsExactly(new Header("authorization", "Bearer eyJhbGci.eyJhdWQi.c2ln"));
    }

    private static String path(ApiCalls call) {
        return AZURE.target(call.request(), call.api(), call.query()).pathAndQuery();
    }
}
