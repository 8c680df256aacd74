package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.web.relay.anthropic.MessagesDialect;
import dev.tollgate.web.relay.openai.ChatDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReadingTest {
    private static final Dialect CHAT = new ChatDialect();
    private static final Dialect MESSAGES = new MessagesDialect();

    @Test
    void finds_what_routing_and_metering_need_of_a_chat() {
        CallBody body = read(
                CHAT,
                "{\"model\":\"m\",\"stream\":true,\"n\":3,\"max_tokens\":5,\"max_completion_tokens\":7,"
                        + "\"stream_options\":{\"include_usage\":true},\"service_tier\":\"flex\",\"messages\":[]}");

        assertThat(body.model()).isEqualTo("m");
        assertThat(body.stream()).isTrue();
        assertThat(body.usageAsked()).isTrue();
        assertThat(body.bounds().output()).isEqualTo(7);
        assertThat(body.bounds().choices()).isEqualTo(3);
        assertThat(body.asked().tier()).isEqualTo("flex");
    }

    @Test
    void finds_what_routing_and_metering_need_of_messages() {
        CallBody body = read(
                MESSAGES,
                "{\"model\":\"m\",\"max_tokens\":9,\"speed\":\"fast\",\"inference_geo\":\"us\","
                        + "\"service_tier\":\"auto\",\"messages\":[]}");

        assertThat(body.stream()).isFalse();
        assertThat(body.usageAsked()).isTrue();
        assertThat(body.bounds().output()).isEqualTo(9);
        assertThat(body.asked().tier()).isNull();
        assertThat(body.asked().speed()).isEqualTo("fast");
        assertThat(body.asked().geo()).isEqualTo("us");
    }

    @Test
    void takes_null_for_absent() {
        CallBody body = read(CHAT, "{\"model\":\"m\",\"stream\":null,\"max_tokens\":null,\"n\":null}");

        assertThat(body.stream()).isFalse();
        assertThat(body.bounds().output()).isNull();
        assertThat(body.bounds().choices()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "model|{}",
                "model|{\"model\":null}",
                "model|{\"model\":\"\"}",
                "model|{\"model\":\" \"}",
                "model|{\"model\":7}",
                "model|{\"model\":\"a\\u0000b\"}",
                "stream|{\"model\":\"m\",\"stream\":\"yes\"}",
                "stream|{\"model\":\"m\",\"stream\":1}",
                "max_tokens|{\"model\":\"m\",\"max_tokens\":-1}",
                "max_tokens|{\"model\":\"m\",\"max_tokens\":0}",
                "max_tokens|{\"model\":\"m\",\"max_tokens\":9223372036854775808}",
                "max_tokens|{\"model\":\"m\",\"max_tokens\":1e9}",
                "max_tokens|{\"model\":\"m\",\"max_tokens\":1000000000}",
                "max_tokens|{\"model\":\"m\",\"max_tokens\":\"5\"}",
            })
    void names_the_member_that_is_wrong_in_both_dialects(String field, String body) {
        assertThat(refused(CHAT, body).field()).isEqualTo(field);
        assertThat(refused(MESSAGES, body).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "n|{\"model\":\"m\",\"n\":1000000}",
                "n|{\"model\":\"m\",\"n\":0}",
                "max_completion_tokens|{\"model\":\"m\",\"max_completion_tokens\":0}",
                "stream_options|{\"model\":\"m\",\"stream_options\":[]}",
                "stream_options.include_usage|{\"model\":\"m\",\"stream_options\":{\"include_usage\":1}}",
            })
    void names_the_member_that_is_wrong_in_a_chat(String field, String body) {
        assertThat(refused(CHAT, body).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nothing", "[]", "\"a\"", "{\"model\":\"a\",\"model\":\"b\"}", "{\"model\":\"m\"", "null"})
    void refuses_what_is_no_json_object(String body) {
        CallError error = refused(CHAT, body);

        assertThat(error.code()).isEqualTo(CallError.Code.INVALID_REQUEST);
        assertThat(error.status()).isEqualTo(400);
    }

    @Test
    void refuses_bytes_that_are_no_text_and_depths_without_end() {
        byte[] broken = "{\"model\":\"m\",\"x\":\"\u00ff\"}".getBytes(ISO_8859_1);
        String deep = "{\"model\":\"m\",\"messages\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThat(CHAT.read(broken)).isInstanceOf(BodyReading.Refused.class);
        assertThat(CHAT.read(deep.getBytes(UTF_8))).isInstanceOf(BodyReading.Refused.class);
    }

    @Test
    void does_not_repeat_a_megabyte_of_name() {
        CallError error = refused(CHAT, "{\"model\":\"" + "m".repeat(1 << 20) + "\"}");

        assertThat(error.field()).isEqualTo("model");
        assertThat(error.message()).hasSizeLessThan(200);
    }

    private static CallBody read(Dialect dialect, String body) {
        return ((BodyReading.Read) dialect.read(body.getBytes(UTF_8))).body();
    }

    private static CallError refused(Dialect dialect, String body) {
        return ((BodyReading.Refused) dialect.read(body.getBytes(UTF_8))).error();
    }
}
