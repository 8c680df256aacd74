package dev.tollgate.domain.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    private static final String KEY_CHARACTERS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private final Random random = new Random(20_261_121L);

    @Test
    void is_well_formed_when_generated() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            KeyText key = KeyText.generate(random::nextInt);
            assertThat(KeyText.isWellFormed(key.text())).isTrue();
            texts.add(key.text());
        }
        assertThat(texts).hasSize(10_000);
    }

    @Test
    void has_no_well_formed_neighbour_one_edit_away() {
        for (int i = 0; i < 20; i++) {
            String text = KeyText.generate(random::nextInt).text();
            for (int at = 0; at <= text.length(); at++) {
                assertThat(neighbours(text, at)).noneMatch(KeyText::isWellFormed);
            }
        }
    }

    @Test
    void has_no_well_formed_neighbour_by_swapping_two_letters_that_stand_together() {
        String text = KeyText.generate(random::nextInt).text();
        for (int at = 0; at < text.length() - 1; at++) {
            if (text.charAt(at) != text.charAt(at + 1)) {
                String swapped = text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
                assertThat(KeyText.isWellFormed(swapped)).as(swapped).isFalse();
            }
        }
    }

    @Test
    void is_not_what_an_attacker_invents() {
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(KeyText.PREFIX);
            while (text.length() < KeyText.LENGTH) {
                text.append(KEY_CHARACTERS.charAt(1 + random.nextInt(KEY_CHARACTERS.length() - 1)));
            }
            assertThat(KeyText.isWellFormed(text.toString())).isFalse();
        }
        assertThat(KeyText.isWellFormed("")).isFalse();
        assertThat(KeyText.isWellFormed("é".repeat(KeyText.LENGTH))).isFalse();
        assertThatThrownBy(() -> new KeyText("tg-secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void shows_its_public_part_and_never_its_secret() {
        KeyText key = KeyText.generate(random::nextInt);
        assertThat(key.keyPrefix()).hasSize(11).startsWith("tg-");
        assertThat(key.last4()).hasSize(4);
        assertThat(key.toString()).isEqualTo(key.keyPrefix() + "…");
    }

    /** Every substitution and insertion at a place, and the deletion. */
    private static Set<String> neighbours(String text, int at) {
        Set<String> neighbours = new HashSet<>();
        for (int i = 0; i < KEY_CHARACTERS.length(); i++) {
            neighbours.add(text.substring(0, at) + KEY_CHARACTERS.charAt(i) + text.substring(at));
            if (at < text.length()) {
                neighbours.add(text.substring(0, at) + KEY_CHARACTERS.charAt(i) + text.substring(at + 1));
                neighbours.add(text.substring(0, at) + text.substring(at + 1));
            }
        }
        neighbours.remove(text);
        return neighbours;
    }
}
