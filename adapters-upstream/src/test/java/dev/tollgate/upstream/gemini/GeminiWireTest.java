package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.http.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiWireTest {
    private static final GeminiCalls CALL = GeminiCalls.generate("https://example.com");

    @Test
    void leaves_the_body_as_it_came() {
        byte[] body = CALL.request().call().body().bytes();

        assertThat(GeminiWire.body(CALL.request())).isEqualTo(body);
        assertThat(GeminiWire.body(CALL.sentAs("another").request())).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"contents\":[] } | {\"generationConfig\":{\"maxOutputTokens\":9}, \"contents\":[] }",
                "{\"generationConfig\":{}} | {\"generationConfig\":{\"maxOutputTokens\":9}}",
                "{\"generationConfig\":null} | {\"generationConfig\":{\"maxOutputTokens\":9}}",
                "{\"generationConfig\":{\"maxOutputTokens\": 99 ,\"topK\":1}} "
                        + "| {\"generationConfig\":{\"maxOutputTokens\": 9 ,\"topK\":1}}",
                "{\"generation_config\":{\"max_output_tokens\":99}} | {\"generation_config\":{\"max_output_tokens\":9}}",
                "{\"generation_config\":{\"maxOutputTokens\":99}} | {\"generation_config\":{\"maxOutputTokens\":9}}",
            })
    void bounds_the_output_in_the_callers_own_spelling(String body, String sent) {
        assertThat(sent(CALL.body(body).bound(9))).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":generateContent | {\"model\":\"models/gemini-2.5-flash\",\"contents\":[]} "
                        + "| {\"model\":\"models/other\",\"contents\":[]}",
                ":countTokens | {\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\"}} "
                        + "| {\"generateContentRequest\":{\"model\":\"models/other\"}}",
                ":batchEmbedContents | {\"requests\":[{\"model\":\"models/a\",\"content\":{}} , {\"model\":\"a\"}]} "
                        + "| {\"requests\":[{\"model\":\"models/other\",\"content\":{}} , {\"model\":\"models/other\"}]}",
            })
    void names_the_model_that_is_sent_wherever_the_body_repeats_it(String operation, String body, String sent) {
        assertThat(sent(CALL.operation(operation, null).body(body).sentAs("other")))
                .isEqualTo(sent);
    }

    @Test
    void bounds_no_output_where_there_is_none() {
        GeminiCalls embed = CALL.operation(":embedContent", null).bound(9);

        assertThat(GeminiWire.body(embed.request()))
                .isEqualTo(embed.request().call().body().bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, m, , https://example.com/v1beta/models/m:generateContent",
        "https://example.com/, m, alt=sse, https://example.com/v1beta/models/m:generateContent?alt=sse",
        "https://example.com/base/v1/, m, , https://example.com/base/v1/models/m:generateContent",
        "https://example.com/v1/projects/p/locations/l/publishers/google, m@001, , "
                + "https://example.com/v1/projects/p/locations/l/publishers/google/models/m@001:generateContent",
        "https://example.com, tunedModels/t, , https://example.com/v1beta/tunedModels/t:generateContent",
        "https://example.com, ../m?x, , https://example.com/v1beta/models/..%2Fm%3Fx:generateContent",
        "https://example.com, m, key=a&%24key=b&access_token=c&x=1, "
                + "https://example.com/v1beta/models/m:generateContent?x=1",
    })
    void goes_to_the_models_own_address(String base, String model, String query, String address) {
        GeminiCalls call = GeminiCalls.generate(base).operation(":generateContent", query);

        Target target = GeminiTarget.ofNative(call.sentAs(model).request());

        assertThat("https://" + target.origin().authority() + target.pathAndQuery())
                .isEqualTo(address);
    }

    private static String sent(GeminiCalls call) {
        return new String(GeminiWire.body(call.request()), UTF_8);
    }
}
