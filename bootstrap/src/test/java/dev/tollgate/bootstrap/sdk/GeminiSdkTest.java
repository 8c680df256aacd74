package dev.tollgate.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.Client;
import com.google.genai.types.ContentEmbedding;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.GetModelConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import dev.tollgate.bootstrap.server.FixedUpstream;
import dev.tollgate.bootstrap.server.FixedUpstream.Reply;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official Google SDK and Gemini's calls that generate nothing: embeddings, token counts, models. */
class GeminiSdkTest {
    private static final String EMBEDDING = "gemini-embedding-001";
    private static final String FLASH = "gemini-2.5-flash";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static FixedUpstream upstream;
    private static Client client;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new FixedUpstream(Map.of(
                "/v1beta/models/" + EMBEDDING + ":batchEmbedContents",
                        Reply.json("{\"embeddings\":[{\"values\":[0.25,-0.5]},{\"values\":[1,0]}]}"),
                "/v1beta/models/" + FLASH + ":countTokens",
                        Reply.json("{\"totalTokens\":7,\"promptTokensDetails\":[{\"modality\":\"TEXT\","
                                + "\"tokenCount\":7}]}")));
        SERVER.world().account("gemini", upstream.uri(), Map.of());
        client = Client.builder()
                .apiKey(SERVER.world().key(SERVER.world().user("ann", "10"), Map.of()))
                .httpOptions(
                        HttpOptions.builder().baseUrl(SERVER.uri().toString()).build())
                .build();
    }

    @AfterAll
    static void tear_down() {
        client.close();
        upstream.close();
    }

    @Test
    void embeds_texts_and_bills_them_by_our_count() {
        List<ContentEmbedding> embeddings = client.models
                .embedContent(
                        EMBEDDING,
                        List.of("Hello there", "Good bye"),
                        EmbedContentConfig.builder().build())
                .embeddings()
                .orElseThrow();

        assertThat(embeddings).hasSize(2);
        assertThat(embeddings.get(0).values()).contains(List.of(0.25f, -0.5f));
        assertThat(upstream.lastAsked().header("x-goog-api-key")).isEqualTo("test-upstream-key");
        SERVER.audit();
        JsonNode record = SERVER.world().records().get(0);
        assertThat(record.get("dialect").asText()).isEqualTo("embed_content");
        assertThat(record.get("usage_source").asText()).isEqualTo("estimated");
        assertThat(record.get("input_tokens").asLong()).isPositive();
        assertThat(record.get("output_tokens").asLong()).isZero();
    }

    @Test
    void counts_tokens_for_nothing() {
        SERVER.audit();
        int before = SERVER.world().records().size();

        assertThat(client.models.countTokens(FLASH, "Hello there", null).totalTokens())
                .contains(7);

        SERVER.audit();
        assertThat(SERVER.world().records()).hasSize(before);
    }

    @Test
    void lists_models_page_by_page() {
        List<String> names = new ArrayList<>();
        client.models
                .list(ListModelsConfig.builder().pageSize(10).build())
                .forEach(model -> names.add(model.name().orElseThrow()));
        Model one = client.models.get(FLASH, GetModelConfig.builder().build());

        assertThat(names).contains("models/" + FLASH, "models/" + EMBEDDING).doesNotHaveDuplicates();
        assertThat(one.name()).contains("models/" + FLASH);
        assertThat(one.inputTokenLimit()).contains(1_048_576);
    }
}
