package dev.tollgate.domain.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodeTextTest {
    private static final String TEXT = "01ABC-DEFGH-JKMNP-QRSTV-WXYZ9";

    @Test
    void a_new_code_has_five_groups_of_letters_nobody_mistakes() {
        Random random = new Random(7);
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            texts.add(CodeText.generate(random::nextInt).text());
        }

        assertThat(texts)
                .hasSize(1000)
                .allMatch(text -> text.matches("[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}"));
    }

    @Test
    void what_is_typed_is_read_whatever_its_case_dashes_and_spaces() {
        CodeText code = new CodeText(TEXT);

        assertThat(CodeText.read(TEXT)).contains(code);
        assertThat(CodeText.read("  01abc defgh jkmnp qrstv wxyz9\n")).contains(code);
        assertThat(CodeText.read("01ABCDEFGHJKMNPQRSTVWXYZ9")).contains(code);
        assertThat(CodeText.read("oiABC-DEFGH-JKMNP-QRSTV-WXYZ9")).contains(code);
        assertThat(CodeText.read("OlABC-DEFGH-JKMNP-QRSTV-WXYZ9")).contains(code);
    }

    @Test
    void what_cannot_be_a_code_is_none() {
        assertThat(CodeText.read("")).isEmpty();
        assertThat(CodeText.read(TEXT + "0")).isEmpty();
        assertThat(CodeText.read(TEXT.substring(1))).isEmpty();
        assertThat(CodeText.read(TEXT.replace('A', 'U'))).isEmpty();
        assertThat(CodeText.read(TEXT.replace('A', '\u00df'))).isEmpty();
        assertThat(CodeText.read(TEXT + " ".repeat(80))).isEmpty();
        assertThatThrownBy(() -> new CodeText(TEXT.toLowerCase(Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_its_ends_are_ever_shown() {
        CodeText code = new CodeText(TEXT);

        assertThat(code.prefix()).isEqualTo("01ABC");
        assertThat(code.last4()).isEqualTo("XYZ9");
        assertThat(code).hasToString("01ABC-…");
    }
}
