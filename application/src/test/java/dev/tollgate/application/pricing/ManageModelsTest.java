package dev.tollgate.application.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PricedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManageModelsTest {
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final AtomicLong ids = new AtomicLong();
    private final InMemoryModels store = new InMemoryModels(new InMemoryChanges());
    private final ManageModels models = new ManageModelsService(store, ids::incrementAndGet, () -> now);

    @Test
    void a_new_model_has_one_version_from_now_on() {
        PricedModel saved = saved(models.create(fields("name", "gpt-6", "input_price", "1.25", "output_price", "10")));

        assertThat(saved.history().versions())
                .extracting(PriceVersion::effectiveFrom)
                .containsExactly(now);
        assertThat(models.show(saved).get("input_price")).isEqualTo("1.25");
        assertThat(models.find(saved.model().id())).contains(saved);
    }

    @Test
    void other_prices_are_a_new_version_and_the_one_in_force_stays_as_it_was() {
        PricedModel before = gpt6();
        now = now.plus(Duration.ofDays(1));

        PricedModel after = saved(change(before, fields("output_price", "12")));

        assertThat(after.history().versions())
                .hasSize(2)
                .contains(before.history().versions().getFirst());
        assertThat(models.show(after).get("output_price")).isEqualTo("12");
        assertThat(models.show(after).get("input_price")).isEqualTo("1.25");
        assertThat(models.history(after.model().id()).orElseThrow())
                .extracting(PriceVersion::effectiveFrom)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void an_edit_of_other_fields_adds_no_version() {
        PricedModel before = gpt6();

        PricedModel after = saved(change(before, fields("aliases", List.of("six"), "enabled", false)));

        assertThat(after.history()).isEqualTo(before.history());
        assertThat(after.model().aliases()).containsExactly("six");
        assertThat(after.model().enabled()).isFalse();
    }

    @Test
    void null_clears_a_field() {
        PricedModel before = saved(change(gpt6(), fields("cache_read_price", "0", "context_window", 1000)));
        Map<String, @Nullable Object> cleared = new HashMap<>();
        cleared.put("cache_read_price", null);
        cleared.put("context_window", null);

        PricedModel after = saved(change(before, new Fields(cleared)));

        assertThat(models.show(before).get("cache_read_price")).isEqualTo("0");
        assertThat(models.show(after).get("cache_read_price")).isNull();
        assertThat(after.model().contextWindow()).isNull();
    }

    @Test
    void a_version_may_be_announced_and_does_not_show_before_its_time() {
        String future = "2026-12-01T00:00:00+01:00";
        PricedModel after = saved(change(gpt6(), fields("input_price", "1", "effective_from", future)));

        assertThat(models.show(after).get("input_price")).isEqualTo("1.25");
        now = Instant.parse("2026-11-30T23:00:00Z");
        assertThat(models.show(after).get("input_price")).isEqualTo("1");
    }

    @Test
    void an_edit_of_today_does_not_pick_up_prices_of_tomorrow() {
        PricedModel announced =
                saved(change(gpt6(), fields("input_price", "1", "effective_from", "2026-12-01T00:00:00Z")));

        PricedModel after = saved(change(announced, fields("output_price", "11")));

        assertThat(models.show(after).get("input_price")).isEqualTo("1.25");
    }

    @Test
    void nothing_is_back_dated() {
        Fields past = fields("input_price", "1", "effective_from", "2026-11-20T00:00:00Z");

        assertThat(change(gpt6(), past))
                .isInstanceOfSatisfying(
                        ModelOutcome.Invalid.class,
                        invalid -> assertThat(invalid.errors())
                                .extracting(FieldError::field)
                                .containsExactly("effective_from"));
        assertThat(models.create(past.overlaid(fields("name", "x", "output_price", "1"))))
                .isInstanceOf(ModelOutcome.Invalid.class);
    }

    @Test
    void a_clock_a_little_behind_still_means_now() {
        PricedModel after = saved(change(
                gpt6(),
                fields(
                        "input_price",
                        "1",
                        "effective_from",
                        now.minusSeconds(60).toString())));

        assertThat(after.history().at(now).orElseThrow().effectiveFrom()).isEqualTo(now);
    }

    @Test
    void a_name_stands_once() {
        PricedModel first = gpt6();

        assertThat(models.create(
                        fields("name", "other", "aliases", List.of("gpt-6"), "input_price", "1", "output_price", "1")))
                .isEqualTo(new ModelOutcome.NameTaken("gpt-6"));
        assertThat(models.all()).containsExactly(first);
    }

    @Test
    void removing_what_is_not_there_says_so() {
        PricedModel model = gpt6();

        assertThat(models.remove(model.model().id())).isTrue();
        assertThat(models.remove(model.model().id())).isFalse();
        assertThat(models.change(new ModelId(99), fields())).isEqualTo(new ModelOutcome.NotFound());
        assertThat(models.history(model.model().id())).isEmpty();
    }

    private PricedModel gpt6() {
        return saved(models.create(fields("name", "gpt-6", "input_price", "1.25", "output_price", "10")));
    }

    private ModelOutcome change(PricedModel model, Fields fields) {
        return models.change(model.model().id(), fields);
    }

    private static PricedModel saved(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(ModelOutcome.Saved.class);
        return ((ModelOutcome.Saved) outcome).model();
    }

    private static Fields fields(Object... namesAndValues) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        if (values.containsKey("name")) {
            values.putIfAbsent("platform", "openai");
        }
        return new Fields(values);
    }
}
