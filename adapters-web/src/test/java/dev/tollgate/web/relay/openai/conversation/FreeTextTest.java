package dev.tollgate.web.relay.openai.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text in the arguments of a free-text tool's call. */
class FreeTextTest {
    private static final String ARGUMENTS =
            " { \"input\" : \"a \\\"b\\\" \\n\\t\\r\\b\\f\\\\ \\/ \u00e4 \\u00e9 \\ud83d\\ude00 \ud83d\ude01\" }";
    private static final String TEXT = "a \"b\" \n\t\r\b\f\\ / \u00e4 \u00e9 \ud83d\ude00 \ud83d\ude01";

    @Test
    void comes_out_the_same_however_the_arguments_are_cut() {
        for (int cut = 0; cut <= ARGUMENTS.length(); cut++) {
            FreeText text = new FreeText();
            String first = text.more(ARGUMENTS.substring(0, cut));
            String second = text.more(ARGUMENTS.substring(cut));

            assertThat(first + second + text.rest()).isEqualTo(TEXT);
            assertThat(first.isEmpty() || !Character.isHighSurrogate(first.charAt(first.length() - 1)))
                    .isTrue();
        }
        assertThat(FreeText.of(ARGUMENTS)).isEqualTo(TEXT);
    }

    @Test
    void is_told_before_the_arguments_end() {
        assertThat(new FreeText().more("{\"input\":\"begin")).isEqualTo("begin");
    }

    @Test
    void of_a_cut_off_call_is_what_came() {
        assertThat(FreeText.of("{\"input\":\"begin \\u00")).isEqualTo("begin ");
    }

    @Test
    void stands_behind_other_members_too() {
        assertThat(FreeText.of("{\"reason\":\"none\",\"input\":\"x\"}")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "{\"input\":1}", "{\"other\":\"x\"}", "[]"})
    void is_the_arguments_themselves_if_they_have_another_shape(String arguments) {
        assertThat(FreeText.of(arguments)).isEqualTo(arguments);
    }
}
