package dev.tollgate.upstream.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FittedNamesTest {
    private static final FittedNames.Rule RULE = FittedNames.Rule.of("[a-zA-Z0-9_-]", "[a-zA-Z_]", 8);

    @Test
    void a_name_that_fits_stays() {
        assertThat(FittedNames.of(List.of("weather"), RULE).fit("weather")).isEqualTo("weather");
    }

    @Test
    void no_two_names_become_the_same_and_each_finds_its_way_back() {
        List<String> names = List.of("a.b", "a/b", "a_b", "a b", "weather-in-town", "weather-in-the-sea", "1st", "");
        FittedNames fitted = FittedNames.of(names, RULE);

        assertThat(names.stream().map(fitted::fit)).doesNotHaveDuplicates().allMatch(name -> name.length() <= 8);
        assertThat(names.stream().map(fitted::fit).map(fitted::original)).containsExactlyElementsOf(names);
        assertThat(fitted.fit("a_b")).isEqualTo("a_b");
        assertThat(fitted.fit("1st")).isEqualTo("_1st");
    }

    @Test
    void a_name_never_heard_of_stays() {
        assertThat(FittedNames.of(List.of(), RULE).original("web_search")).isEqualTo("web_search");
    }

    @Test
    void letters_beyond_the_basic_plane_count_as_one() {
        assertThat(FittedNames.of(List.of("😀"), RULE).fit("😀")).isEqualTo("_");
    }
}
