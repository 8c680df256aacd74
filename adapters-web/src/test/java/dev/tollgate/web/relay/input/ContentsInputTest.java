package dev.tollgate.web.relay.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.JsonMembers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsInputTest {
    private static final String BASE64 = "QUJD".repeat(300_000);

    @Test
    void counts_a_text_by_its_bytes() {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"" + "word ".repeat(1_000) + "\"}]}]}";

        assertThat(read(body).tokensMax()).isEqualTo(body.length());
    }

    @ParameterizedTest
    @CsvSource({"inlineData, mimeType", "inline_data, mime_type"})
    void counts_images_by_the_piece(String data, String type) {
        String part = "{\"" + data + "\":{\"" + type + "\":\"image/png\",\"data\":\"" + BASE64 + "\"}}";
        String body = "{\"contents\":[{\"parts\":[" + part + "," + part + "]}]}";

        assertThat(read(body).tokensMax()).isBetween(22_000L, 22_400L);
    }

    @Test
    void counts_sound_by_its_length() {
        String body = contents("{\"inlineData\":{\"mimeType\":\"audio/mp3\",\"data\":\"" + BASE64 + "\"}}");

        assertThat(read(body).tokensMax()).isBetween(75_000L, 75_200L);
    }

    @Test
    void counts_text_given_as_data_as_text() {
        String body = contents("{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"" + BASE64 + "\"}}");

        assertThat(read(body).tokensMax()).isGreaterThan(1_000_000);
    }

    @Test
    void takes_what_a_function_was_called_with_for_text() {
        String body = contents("{\"functionCall\":{\"name\":\"f\",\"args\":{\"inlineData\":{\"mimeType\":\"image/png\","
                + "\"data\":\"" + BASE64 + "\"}}}}");

        assertThat(read(body).tokensMax()).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"video/mp4\",\"data\":\"QQ==\"}}]}]}",
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"data\":\"QQ==\",\"mimeType\":\"application/pdf\"}}]}]}",
                "{\"contents\":{\"parts\":{\"file_data\":{\"file_uri\":\"https://youtu.be/x\"}}}}",
                "{\"contents\":[],\"cachedContent\":\"cachedContents/c\"}",
                "{\"contents\":[],\"tools\":[{\"urlContext\":{}}]}",
                "{\"contents\":[],\"tools\":{\"google_search\":{}}}",
            })
    void has_no_bound_where_input_is_not_in_the_bytes(String body) {
        assertThat(read(body).tokensMax()).isNull();
    }

    @Test
    void names_the_providers_tools_as_the_price_list_does() {
        String body = "{\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]},{\"googleSearch\":{}},"
                + "{\"code_execution\":{}},{\"googleMaps\":null}]}";

        assertThat(read(body).serverTools()).isEqualTo(Map.of("web_search", 1L, "code_execution", 1L));
        assertThat(read(body, "gemini-3-pro-preview").serverTools().get("web_search"))
                .isEqualTo(20);
    }

    @Test
    void bounds_the_callers_own_functions_by_their_bytes() {
        String body = "{\"contents\":[],\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}]}";

        assertThat(read(body).tokensMax()).isBetween(2_500L, 2_600L);
    }

    @Test
    void refers_to_caches_and_uploaded_files_but_not_to_the_open_web() {
        String body = "{\"cached_content\":\"cachedContents/c\",\"contents\":[{\"parts\":["
                + "{\"fileData\":{\"fileUri\":\"https://generativelanguage.googleapis.com/v1beta/files/f1\"}},"
                + "{\"fileData\":{\"fileUri\":\"https://example.com/files/f2\"}},"
                + "{\"fileData\":{\"fileUri\":\"files/f3\"}}]}]}";

        assertThat(read(body).references()).containsExactly("cachedContents/c", "files/f1", "files/f3");
    }

    @Test
    void knows_a_conversation_by_its_system_prompt_and_its_first_words() {
        String begun = "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be kind.\"}]},\"contents\":["
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}";
        String later = begun + ",{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"And?\"}]}";

        assertThat(read(later + "]}").sessionHints())
                .isEqualTo(read(begun + "]}").sessionHints())
                .hasSize(2);
    }

    private static String contents(String part) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[" + part + "]}]}";
    }

    private static PromptInput read(String body) {
        return read(body, "gemini-2.5-flash");
    }

    private static PromptInput read(String body, String model) {
        byte[] bytes = body.getBytes(UTF_8);
        return ContentsInput.of(bytes, (JsonMembers) JsonMembers.scan(bytes), model);
    }
}
