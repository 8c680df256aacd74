package dev.tollgate.application.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.domain.pricing.ModelId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFieldsTest {
    private static final Fields PLAIN =
            new Fields(Map.of("name", "gpt-6", "platform", "openai", "input_price", "1.25", "output_price", "10"));

    @Test
    void every_field_comes_back_as_it_was_written() {
        Fields all = PLAIN.overlaid(new Fields(Map.of(
                "aliases", List.of("six"),
                "long_context", Map.of("threshold", 272_000L, "input_price", "2.5"),
                "tiers", Map.of("batch", "0.5", "fast", "2"),
                "geo", Map.of("us", "1.1"),
                "image_prices", Map.of("1024x1024/hd", "0.08"),
                "tool_prices", Map.of("web_search", "0.01"),
                "per_character_price", "0.000015",
                "context_window", 400_000L,
                "effective_from", "2026-12-01T00:00:00Z")));

        PriceEntry entry = read(all);
        Fields written = EntryFields.of(entry.model(new ModelId(1)), entry.sheet(), entry.effectiveFrom());

        assertThat(written.values()).containsAllEntriesOf(all.values());
        assertThat(written.get("reasoning_price")).isNull();
        assertThat(read(written)).isEqualTo(entry);
    }

    @Test
    void a_price_that_is_not_a_whole_number_of_picos_is_refused_and_not_rounded() {
        assertThat(errors("input_price", "0.0000001")).containsExactly("input_price");
        assertThat(errors("per_second_price", "0.0000000000001")).containsExactly("per_second_price");
        assertThat(errors("tiers", Map.of("odd", "0.3333333"))).containsExactly("tiers.odd");
        assertThat(errors("cache_read_price", "0.000001", "tiers", Map.of("batch", "0.5")))
                .containsExactly("tiers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10001", "abc", "", "1e400000000", "NaN"})
    void a_price_outside_its_range_is_refused(String price) {
        assertThat(errors("input_price", price)).containsExactly("input_price");
    }

    @Test
    void numbers_are_not_taken_for_decimal_strings() {
        assertThat(errors("input_price", 1)).containsExactly("input_price");
    }

    @Test
    void unknown_fields_are_refused_at_every_level() {
        assertThat(errors("colour", "red")).containsExactly("colour");
        assertThat(errors("long_context", Map.of("threshold", 1, "colour", "red")))
                .containsExactly("long_context.colour");
    }

    @Test
    void both_token_prices_must_be_given_unless_it_is_sold_by_the_piece() {
        Fields bare = new Fields(Map.of("name", "whisper", "platform", "openai"));

        assertThat(EntryFields.read(bare))
                .isInstanceOfSatisfying(
                        PriceEntry.Reading.Invalid.class,
                        invalid -> assertThat(invalid.errors())
                                .extracting(FieldError::field)
                                .containsExactly("input_price", "output_price"));
        assertThat(EntryFields.read(bare.overlaid(new Fields(Map.of("per_second_price", "0.0001")))))
                .isInstanceOf(PriceEntry.Reading.Read.class);
    }

    @Test
    void all_errors_are_told_at_once() {
        assertThat(errors("name", " x", "enabled", "yes", "context_window", -1, "effective_from", "tomorrow"))
                .contains("name", "enabled", "context_window", "effective_from");
    }

    private static PriceEntry read(Fields fields) {
        assertThat(EntryFields.read(fields)).isInstanceOf(PriceEntry.Reading.Read.class);
        return ((PriceEntry.Reading.Read) EntryFields.read(fields)).entry();
    }

    private static List<String> errors(Object... namesAndValues) {
        Fields fields = PLAIN;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields = fields.overlaid(new Fields(Map.of((String) namesAndValues[i], namesAndValues[i + 1])));
        }
        PriceEntry.Reading reading = EntryFields.read(fields);
        assertThat(reading).isInstanceOf(PriceEntry.Reading.Invalid.class);
        return ((PriceEntry.Reading.Invalid) reading)
                .errors().stream().map(FieldError::field).distinct().toList();
    }
}
