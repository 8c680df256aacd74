package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.JsonScan.Malformed;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
    @Test
    void finds_every_top_level_member_and_nothing_deeper() {
        JsonMembers members = read(" {\"model\" : \"gpt\", \"n\":2,\"stream\":true,\"stop\":null,"
                + "\"o\":{\"model\":\"inner\"},\"a\":[{\"n\":3}]} ");

        assertThat(members.names()).containsExactly("model", "n", "stream", "stop", "o", "a");
        assertThat(members.text("model")).isEqualTo("gpt");
        assertThat(members.integer("n")).isEqualTo(2);
        assertThat(members.flag("stream")).isTrue();
        assertThat(members.kind("stop")).isEqualTo(Kind.NULL);
        assertThat(members.kind("a")).isEqualTo(Kind.ARRAY);
        assertThat(members.object("o"))
                .isInstanceOfSatisfying(
                        JsonMembers.class, o -> assertThat(o.text("model")).isEqualTo("inner"));
    }

    @Test
    void gives_a_value_as_its_place_in_the_bytes() {
        String json = "{\"é\":1, \"model\" :\t\"a\\\"b\" }";
        Value value = Objects.requireNonNull(read(json).value("model"));

        byte[] bytes = json.getBytes(UTF_8);
        assertThat(new String(bytes, value.start(), value.end() - value.start(), UTF_8))
                .isEqualTo("\"a\\\"b\"");
    }

    @Test
    void undoes_escapes_in_keys_and_strings() {
        JsonMembers members = read("{\"mod\\u0065l\":\"\\ud83d\\ude00\\n\\/\"}");

        assertThat(members.text("model")).isEqualTo("😀\n/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e3", "9223372036854775808", "\"1\"", "null"})
    void takes_only_whole_numbers_that_fit_for_integers(String number) {
        assertThat(read("{\"n\":" + number + "}").integer("n")).isNull();
    }

    @Test
    void refuses_a_key_that_stands_twice_however_it_is_spelt() {
        assertThat(scan("{\"model\":1,\"mod\\u0065l\":2}"))
                .isInstanceOfSatisfying(
                        Malformed.class, bad -> assertThat(bad.what()).contains("twice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"a\"",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":tru}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":[1 2]}",
                "{\"a\":[1,]}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1e}",
                "\ufeff{}"
            })
    void refuses_what_is_not_json(String text) {
        assertThat(scan(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00e2\u0082",
                "\u00ff"
            })
    void refuses_bytes_that_are_not_utf_8(String bytes) {
        assertThat(JsonMembers.scan(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void bounds_depth_and_keys() {
        int inner = JsonScan.DEPTH_MAX - 1;
        assertThat(scan("{\"a\":" + "[".repeat(inner) + "]".repeat(inner) + "}"))
                .isInstanceOf(JsonMembers.class);
        assertThat(scan("{\"a\":" + "[".repeat(inner + 1) + "]".repeat(inner + 1) + "}"))
                .isInstanceOf(Malformed.class);
        assertThat(scan("{\"a\":[" + "{\"b\":1},".repeat(JsonScan.KEYS_MAX) + "1]}"))
                .isInstanceOf(Malformed.class);
    }

    private static JsonMembers read(String json) {
        return (JsonMembers) scan(json);
    }

    private static JsonScan scan(String json) {
        return JsonMembers.scan(json.getBytes(UTF_8));
    }
}
