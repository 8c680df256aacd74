package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.RelayOutcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GeminiCallsTest {
    private static final RelayServer SERVER = new RelayServer();
    private static final String MODEL = "/v1beta/models/gemini-2.5-flash";
    private static final String BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
    private static final CallError CUT_OFF = CallError.of(CallError.Code.UPSTREAM_ERROR, "It broke.");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void answer_everything() {
        SERVER.calls.clear();
        SERVER.serve((call, client) ->
                new RelayOutcome.Answered(new AnswerHead(200, List.of()), "{}".getBytes(UTF_8), null, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/m:generateContent, generate_content, :generateContent, false, false, ",
        "/v1beta/models/m:generateContent?alt=json, generate_content, :generateContent, false, false, ",
        "/v1beta/models/m:generateContent?alt=sse, generate_content, :generateContent, true, false, ",
        "/v1beta/models/m:streamGenerateContent, generate_content, :streamGenerateContent, true, false, ",
        "/v1beta/models/m:streamGenerateContent?alt=sse, generate_content, :streamGenerateContent, true, false, ",
        "/gemini/v1beta/models/m:streamGenerateContent, generate_content, :streamGenerateContent, true, false, gemini",
        "/claude/v1beta/models/m:generateContent, generate_content, :generateContent, false, false, claude",
        "/v1beta/models/m:countTokens, gemini_count_tokens, :countTokens, false, true, ",
        "/v1beta/models/m:embedContent, embed_content, :embedContent, false, false, ",
        "/openai/v1beta/models/m:batchEmbedContents, embed_content, :batchEmbedContents, false, false, openai",
    })
    void have_their_dialect_operation_and_form_in_the_path(
            String path, String dialect, String operation, boolean stream, boolean free, String platform)
            throws Exception {
        RelayCall call = call(path, BODY);

        assertThat(call.dialect()).isEqualTo(dialect);
        assertThat(call.path()).isEqualTo(operation);
        assertThat(call.body().model()).isEqualTo("m");
        assertThat(call.body().stream()).isEqualTo(stream);
        assertThat(call.free()).isEqualTo(free);
        assertThat(call.pinnedPlatform()).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({
        "vendor/model, vendor/model",
        "anthropic.claude-v1:0, anthropic.claude-v1:0",
        "gpt%204%2Bx, gpt 4+x",
        "a+b, a+b"
    })
    void take_any_models_name(String path, String model) throws Exception {
        assertThat(call("/v1beta/models/" + path + ":generateContent", BODY)
                        .body()
                        .model())
                .isEqualTo(model);
    }

    @Test
    void carry_the_key_in_the_query_no_further() throws Exception {
        HttpResponse<String> response = SERVER.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + SERVER.port() + MODEL + ":streamGenerateContent?key=" + RelayServer.KEY + "&alt=sse"))
                .POST(BodyPublishers.ofString(BODY)));

        assertThat(response.statusCode()).isEqualTo(200);
        RelayCall call = SERVER.calls.remove();
        assertThat(call.keyText()).isEqualTo(RelayServer.KEY);
        assertThat(call.query()).isEqualTo("alt=sse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"generationConfig\":{\"maxOutputTokens\":77,\"candidateCount\":2}}",
                "{\"generation_config\":{\"max_output_tokens\":77,\"candidate_count\":2}}",
                "{\"generationConfig\":{\"max_output_tokens\":77,\"candidateCount\":2}}",
                "{\"generationConfig\":{\"maxOutputTokens\":\"77\",\"candidateCount\":\"2\"}}"
            })
    void are_bounded_in_every_spelling(String body) throws Exception {
        RelayCall call = call(MODEL + ":generateContent", body);

        assertThat(call.body().bounds().output()).isEqualTo(77);
        assertThat(call.body().bounds().choices()).isEqualTo(2);
    }

    @Test
    void tell_the_tier_the_tools_and_what_they_build_upon() throws Exception {
        RelayCall call = call(
                MODEL + ":generateContent",
                "{\"serviceTier\":\"FLEX\",\"cachedContent\":\"cachedContents/c1\",\"tools\":[{\"googleSearch\":{}}]}");

        assertThat(call.body().asked().tier()).isEqualTo("flex");
        assertThat(call.body().references()).containsExactly("cachedContents/c1");
        assertThat(call.body().bounds().serverTools()).isEqualTo(Map.of("web_search", 1L));
        assertThat(call.body().bounds().input()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":generateContent | {\"generationConfig\":{\"maxOutputTokens\":0}} | maxOutputTokens",
                ":generateContent | {\"generationConfig\":{\"maxOutputTokens\":\"nine\"}} | maxOutputTokens",
                ":generateContent | {\"generationConfig\":{\"maxOutputTokens\":1,\"max_output_tokens\":9}} | spellings",
                ":generateContent | {\"generationConfig\":{},\"generation_config\":{}} | spellings",
                ":generateContent | {\"generationConfig\":{\"candidateCount\":9}} | candidateCount",
                ":generateContent | {\"model\":\"models/another\"} | model",
                ":generateContent | [] | JSON object",
                ":generateContent?alt=proto | {} | alt",
                ":generateContent?fields=candidates | {} | fields",
                ":generateContent?%24callback=f | {} | callback",
                ":countTokens?alt=sse | {} | alt",
                ":countTokens | {\"generateContentRequest\":{\"model\":\"models/another\"}} | model",
                ":batchEmbedContents | {\"requests\":[{\"model\":\"models/another\"}]} | model",
                ":batchEmbedContents | {\"requests\":[1]} | requests",
            })
    void are_refused_where_they_could_not_be_metered(String operation, String body, String named) throws Exception {
        HttpResponse<String> response = SERVER.post(MODEL + operation, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":{\"code\":400,\"message\":\"")
                .contains("\"status\":\"INVALID_ARGUMENT\"")
                .contains(named);
        assertThat(SERVER.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/models/m:foo",
                "/v1beta/models/m",
                "/v1beta/models/m:predict",
                "/v1beta/files",
                "/gemini/v1beta/cachedContents/c"
            })
    void are_not_found_in_their_own_shape(String path) throws Exception {
        HttpResponse<String> response = SERVER.post(path, BODY);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"error\":{\"code\":404,").contains("\"status\":\"NOT_FOUND\"");
    }

    @ParameterizedTest
    @CsvSource({":generateContent, {, }", ":streamGenerateContent?alt=sse, {, }", ":streamGenerateContent, [{, }]"})
    void are_refused_in_the_form_of_their_answer(String operation, String begin, String end) throws Exception {
        SERVER.serve((call, client) -> new RelayOutcome.Refused(
                CallError.of(CallError.Code.RATE_LIMIT_EXCEEDED, "Slowly.").retryAfter(Duration.ofSeconds(7)),
                List.of()));

        HttpResponse<String> response = SERVER.post(MODEL + operation, BODY);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("7");
        assertThat(response.body())
                .startsWith(begin + "\"error\":{\"code\":429,\"message\":\"Slowly. (request id: ")
                .contains("\"status\":\"RESOURCE_EXHAUSTED\"")
                .contains("\"retryDelay\":\"7s\"")
                .endsWith(end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alt=sse | data: {\"a\":1}~~ | data: {\"a\":1}~~data: {\"error\":{\"code\":502,",
                "| '' | [{\"error\":{\"code\":502,",
                "| [ | [{\"error\":{\"code\":502,",
                "| [{\"a\":1} | [{\"a\":1},{\"error\":{\"code\":502,",
                "| [{\"a\":1}~,~ | [{\"a\":1}~,~{\"error\":{\"code\":502,",
            })
    void that_break_off_end_well_formed(String query, String sent, String body) throws Exception {
        SERVER.serve((call, client) -> streamThenFail(client, sent.replace("~", "\r\n")));

        String answer = SERVER.post(MODEL + ":streamGenerateContent" + (query == null ? "" : "?" + query), BODY)
                .body();

        assertThat(answer).startsWith(body.replace("~", "\r\n")).endsWith(query == null ? "}}]" : "}}\r\n\r\n");
    }

    private static RelayOutcome streamThenFail(ClientStream client, String sent) {
        client.begin(new AnswerHead(200, List.of(new Header("content-type", "application/json"))));
        boolean unused = client.write(ByteBuffer.wrap(sent.getBytes(UTF_8)));
        client.fail(CUT_OFF);
        return new RelayOutcome.Streamed();
    }

    private static RelayCall call(String path, String body) throws Exception {
        HttpResponse<String> response = SERVER.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SERVER.calls.poll(5, TimeUnit.SECONDS);
    }
}
