package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignThoughtsTest {
    private static final GeminiCalls CALL = GeminiCalls.generate("https://example.com");
    private static final String TOKEN = Base64.getEncoder().encodeToString("tollgate:anthropic:EqQB".getBytes(UTF_8));
    private static final String FOREIGN = "\"thoughtSignature\":\"" + TOKEN + "\"";
    private static final String THOUGHT = "{\"text\":\"Hm\",\"thought\":true," + FOREIGN + "}";
    private static final String OWN = "{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"CpcB\"}";
    private static final String TEXT = "{\"text\": \"Hello\"}";
    private static final String FILLER = "\"thoughtSignature\":\"skip_thought_signature_validator\"";

    @Test
    void go_and_every_other_byte_stays() {
        assertThat(sent("gemini-2.5-flash", said(THOUGHT + " , " + OWN + " , " + TEXT)))
                .isEqualTo(said(OWN + " , " + TEXT));
        assertThat(sent("gemini-2.5-flash", said("{" + FOREIGN + " , \"text\":\"Hello\"}")))
                .isEqualTo(said("{\"text\":\"Hello\"}"));
    }

    @Test
    void a_content_of_nothing_else_goes_as_a_whole() {
        String user = "{\"role\":\"user\",\"parts\":[" + TEXT + "]}";

        assertThat(sent(
                        "gemini-2.5-flash",
                        "{\"contents\":[" + user + ",{\"role\":\"model\",\"parts\":[" + THOUGHT + "]} , " + user
                                + "]}"))
                .isEqualTo("{\"contents\":[" + user + " , " + user + "]}");
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-flash, false", "gemini-3-pro-preview, true", "gemini-flash-latest, true"})
    void a_call_another_model_made_is_named_so_where_a_signature_is_demanded(String model, boolean demanded) {
        String first = "{\"functionCall\":{\"name\":\"f\"}" + (demanded ? "," + FILLER : "") + "}";
        String second = "{\"functionCall\":{\"name\":\"g\"}}";

        assertThat(sent(
                        model,
                        said("{\"functionCall\":{\"name\":\"f\"}," + FOREIGN + "},{\"functionCall\":{\"name\":\"g\"},"
                                + FOREIGN + "}")))
                .isEqualTo(said(first + "," + second));
    }

    @Test
    void both_spellings_and_a_lone_element_are_understood() {
        String snake = FOREIGN.replace("thoughtSignature", "thought_signature");

        assertThat(sent(
                        "gemini-3-pro-preview",
                        "{\"contents\":{\"parts\":{\"function_call\":{\"name\":\"f\"}," + snake + "}}}"))
                .isEqualTo("{\"contents\":{\"parts\":{\"function_call\":{\"name\":\"f\"},"
                        + FILLER.replace("thoughtSignature", "thought_signature") + "}}}");
    }

    @Test
    void what_is_counted_is_what_would_be_sent() {
        GeminiCalls count = CALL.operation(":countTokens", null)
                .body("{\"generateContentRequest\":" + said(THOUGHT + "," + TEXT) + "}");

        assertThat(new String(GeminiWire.body(count.request()), UTF_8))
                .isEqualTo("{\"generateContentRequest\":" + said(TEXT) + "}");
    }

    @Test
    void a_body_that_only_speaks_of_it_is_not_touched() {
        String body = said("{\"text\":\"" + TOKEN + "\"}");
        GeminiCalls call = CALL.body(body);

        assertThat(sent("gemini-3-pro-preview", body)).isEqualTo(body);
        assertThat(GeminiWire.body(CALL.request())).isEqualTo(CALL.body().getBytes(UTF_8));
        assertThat(GeminiWire.body(call.bound(9).request())).asString(UTF_8).contains("\"maxOutputTokens\":9");
    }

    private static String said(String parts) {
        return "{\"contents\":[{\"role\":\"model\",\"parts\":[" + parts + "]}]}";
    }

    private static String sent(String model, String body) {
        return new String(GeminiWire.body(CALL.body(body).sentAs(model).request()), UTF_8);
    }
}
