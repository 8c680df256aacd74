package dev.tollgate.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final PricedModel SONNET = model(1, "claude-sonnet-5", true, "sonnet");
    private static final PricedModel SNAPSHOT = model(2, "claude-sonnet-5-20260301", true);
    private static final PricedModel RETIRED = model(3, "claude-2", false);
    private static final List<PricedModel> MODELS = List.of(SONNET, SNAPSHOT, RETIRED);

    @Test
    void finds_a_model_by_its_name_and_by_its_aliases() {
        assertThat(found("claude-sonnet-5")).contains(SONNET);
        assertThat(found("sonnet")).contains(SONNET);
        assertThat(found("Sonnet")).isEmpty();
    }

    @Test
    void serves_a_dated_snapshot_at_the_price_of_its_model_unless_it_is_listed_itself() {
        assertThat(found("claude-sonnet-5-20260915")).contains(SONNET);
        assertThat(found("claude-sonnet-5-2026-09-15")).contains(SONNET);
        assertThat(found("claude-sonnet-5@20260915")).contains(SONNET);
        assertThat(found("claude-sonnet-5-20260301")).contains(SNAPSHOT);
    }

    @Test
    void takes_only_a_date_for_a_date() {
        assertThat(found("claude-sonnet-5-20261341")).isEmpty();
        assertThat(found("claude-sonnet-5-4096")).isEmpty();
        assertThat(found("-20260915")).isEmpty();
        assertThat(found("claude-opus-20260915")).isEmpty();
    }

    @Test
    void does_not_lead_to_a_disabled_model_but_still_knows_it() {
        assertThat(found("claude-2")).isEmpty();
        assertThat(catalog().named("claude-2")).contains(RETIRED);
    }

    @Test
    void asks_mappings_before_names_lowest_priority_number_first() {
        Catalog catalog = catalog(
                mapping(11, "claude-*", "claude-2", 5), mapping(12, "claude-sonnet-5", "claude-sonnet-5-20260301", 1));

        assertThat(catalog.find("claude-sonnet-5")).contains(SNAPSHOT);
        assertThat(catalog.find("claude-next")).isEmpty();
    }

    @Test
    void of_mappings_with_the_same_priority_the_older_wins() {
        Catalog catalog = catalog(mapping(12, "gpt-*", "claude-2", 1), mapping(11, "gpt-*", "sonnet", 1));

        assertThat(catalog.find("gpt-4")).contains(SONNET);
    }

    @Test
    void follows_a_mapping_once_and_never_a_disabled_one() {
        ModelMapping disabled = new ModelMapping(new ModelMappingId(13), "b", "sonnet", 0, false);
        Catalog catalog = catalog(mapping(11, "a", "b", 1), mapping(12, "b", "sonnet", 1));

        assertThat(catalog.find("a")).isEmpty();
        assertThat(catalog(disabled).find("b")).isEmpty();
    }

    @Test
    void does_not_look_at_names_of_absurd_length() {
        assertThat(found("x".repeat(100_000) + "-20260915")).isEmpty();
    }

    private static Optional<PricedModel> found(String asked) {
        return catalog().find(asked);
    }

    private static Catalog catalog(ModelMapping... mappings) {
        return new Catalog(MODELS, List.of(mappings));
    }

    private static ModelMapping mapping(long id, String pattern, String target, int priority) {
        return new ModelMapping(new ModelMappingId(id), pattern, target, priority, true);
    }

    private static PricedModel model(long id, String name, boolean enabled, String... aliases) {
        return new PricedModel(
                new Model(new ModelId(id), name, "claude", Set.of(aliases), enabled, null, null),
                new PriceHistory(List.of()));
    }
}
