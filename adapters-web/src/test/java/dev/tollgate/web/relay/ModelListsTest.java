package dev.tollgate.web.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ListModels;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelListsTest {
    private static final List<ListModels.Visitor> VISITORS = new ArrayList<>();
    private static final List<Model> MODELS = List.of(model("claude-a"), model("claude-b"), model("claude-c"));

    private static final ListModels KNOWN = new ListModels() {
        @Override
        public Listing list(Visitor visitor) {
            VISITORS.add(visitor);
            return visitor.keyText() == null
                    ? new Listing.Refused(CallError.of(CallError.Code.INVALID_API_KEY, "No key."))
                    : new Listing.Models(MODELS);
        }

        @Override
        public Listing find(Visitor visitor, String name) {
            return name.equals("vendor/claude")
                    ? new Listing.Models(List.of(MODELS.get(0)))
                    : new Listing.Refused(CallError.of(CallError.Code.MODEL_NOT_FOUND, "None."));
        }
    };

    private static final RelayServer SERVER = new RelayServer(Map.of(), KNOWN);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void are_told_in_the_dialect_of_openai() throws Exception {
        HttpResponse<String> response = get("/v1/models");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.body())
                .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"claude-a\",\"object\":\"model\",\"created\":0,"
                        + "\"owned_by\":\"claude\"}");
    }

    @Test
    void are_told_in_the_dialect_of_anthropic_a_page_at_a_time() throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request("/claude/v1/models?limit=1&after_id=claude-a")
                .header("anthropic-version", "2023-06-01")
                .GET());

        assertThat(response.body())
                .isEqualTo("{\"data\":[{\"type\":\"model\",\"id\":\"claude-b\",\"display_name\":\"claude-b\","
                        + "\"created_at\":\"1970-01-01T00:00:00Z\",\"lifecycle\":\"active\","
                        + "\"max_input_tokens\":null,\"max_tokens\":null}],\"has_more\":true,\"first_id\":\"claude-b\","
                        + "\"last_id\":\"claude-b\"}");
        assertThat(VISITORS.get(VISITORS.size() - 1).pinnedPlatform()).isEqualTo("claude");
    }

    @Test
    void page_backwards_too() throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request("/v1/models?limit=9&before_id=claude-c")
                .header("anthropic-version", "2023-06-01")
                .GET());

        assertThat(response.body()).contains("\"has_more\":false,\"first_id\":\"claude-a\",\"last_id\":\"claude-b\"");
    }

    @Test
    void are_told_in_the_dialect_of_gemini_a_page_at_a_time() throws Exception {
        assertThat(get("/v1beta/models?pageSize=1").body())
                .isEqualTo("{\"models\":[{\"name\":\"models/claude-a\",\"baseModelId\":\"claude-a\","
                        + "\"displayName\":\"claude-a\",\"supportedGenerationMethods\":[\"generateContent\","
                        + "\"streamGenerateContent\",\"countTokens\"]}],\"nextPageToken\":\"claude-a\"}");
        assertThat(get("/gemini/v1beta/models?pageToken=claude-a").body())
                .startsWith("{\"models\":[{\"name\":\"models/claude-b\"")
                .doesNotContain("nextPageToken");
        assertThat(VISITORS.get(VISITORS.size() - 1).pinnedPlatform()).isEqualTo("gemini");
        assertThat(get("/v1beta/models/vendor/claude").body()).startsWith("{\"name\":\"models/vendor/claude\"");
        assertThat(get("/v1beta/models/nothing").body()).contains("\"status\":\"NOT_FOUND\"");
    }

    @Test
    void name_one_model_as_it_was_asked_for() throws Exception {
        assertThat(get("/v1/models/vendor/claude").body()).startsWith("{\"id\":\"vendor/claude\"");
    }

    @Test
    void refuse_in_the_callers_dialect() throws Exception {
        HttpResponse<String> openAi = get("/v1/models/nothing");
        HttpResponse<String> anthropic = SERVER.send(SERVER.request("/v1/models/nothing")
                .header("anthropic-version", "2023-06-01")
                .GET());

        assertThat(openAi.statusCode()).isEqualTo(404);
        assertThat(openAi.body()).contains("\"model_not_found\"");
        assertThat(anthropic.statusCode()).isEqualTo(404);
        assertThat(anthropic.body()).contains("\"not_found_error\"");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return SERVER.send(SERVER.request(path).GET());
    }

    private static Model model(String name) {
        return new Model(new ModelId(1), name, "claude", Set.of(), true, null, null);
    }
}
