package dev.tollgate.application.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.LongContext;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceHistory;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.PricedModel;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.pricing.UnitPrices;
import dev.tollgate.domain.usage.TokenClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of the price list keeps to; each test starts with an empty one. */
public abstract class ModelsContract {
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00.123Z");
    private static final PriceSheet PLAIN = PriceSheet.of(TokenRates.of(new TokenPrice(1), new TokenPrice(2)));
    private static final PriceSheet RICH = new PriceSheet(
            new TokenRates(Map.of(
                    TokenClass.INPUT, new TokenPrice(3_000_000),
                    TokenClass.OUTPUT, new TokenPrice(15_000_000),
                    TokenClass.CACHE_WRITE_1H, TokenPrice.FREE)),
            new LongContext(200_000, Map.of(TokenClass.INPUT, new TokenPrice(6_000_000))),
            Map.of("batch", Multiplier.of("0.5")),
            Map.of("us", Multiplier.of("1.1")),
            new UnitPrices(
                    Cost.ofPicos(1),
                    Cost.ofPicos(2),
                    Cost.ofPicos(3),
                    Map.of("web_search", Cost.ofPicos(10)),
                    Map.of()));

    /** A store with nothing in it. */
    protected abstract Models models();

    @Test
    void gives_back_models_as_they_were_put_by_name() {
        Models models = models();
        Model zebra = new Model(new ModelId(1), "zebra", "openai", Set.of("z", "Z-1"), true, 200_000L, 8_192L);
        Model ant = new Model(new ModelId(2), "ant", "claude", Set.of(), false, null, null);

        put(models, zebra, version(11, "zebra", JUNE, RICH));
        put(models, ant, version(12, "ant", JULY, PLAIN));

        assertThat(models.all())
                .containsExactly(
                        priced(ant, version(12, "ant", JULY, PLAIN)), priced(zebra, version(11, "zebra", JUNE, RICH)));
    }

    @Test
    void adds_versions_and_keeps_the_earlier_ones() {
        Models models = models();
        put(models, named(1, "gpt"), version(11, "gpt", JUNE, PLAIN));

        put(models, named(1, "gpt"), version(12, "gpt", JULY, RICH));

        assertThat(models.all())
                .containsExactly(
                        priced(named(1, "gpt"), version(11, "gpt", JUNE, PLAIN), version(12, "gpt", JULY, RICH)));
    }

    @Test
    void edits_a_model_without_touching_its_prices() {
        Models models = models();
        put(models, named(1, "gpt", "old"), version(11, "gpt", JUNE, PLAIN));

        Model edited = new Model(new ModelId(1), "gpt-next", "operator", Set.of("new"), false, 5L, null);
        assertThat(models.apply(List.of(new Models.Edit.Put(edited, null)))).isEmpty();

        assertThat(models.all()).containsExactly(priced(edited, version(11, "gpt", JUNE, PLAIN)));
    }

    @Test
    void still_knows_the_versions_of_a_model_that_was_removed() {
        Models models = models();
        put(models, named(1, "gpt", "alias"), version(11, "gpt", JUNE, RICH));

        assertThat(models.apply(List.of(new Models.Edit.Remove(new ModelId(1)))))
                .isEmpty();

        assertThat(models.all()).isEmpty();
        assertThat(models.version(new PriceVersionId(11))).contains(version(11, "gpt", JUNE, RICH));
        assertThat(models.version(new PriceVersionId(12))).isEmpty();
        put(models, named(2, "alias"), version(13, "alias", JULY, PLAIN));
    }

    @Test
    void takes_no_name_twice_whatever_its_case_and_then_changes_nothing() {
        Models models = models();
        put(models, named(1, "gpt", "chat"), version(11, "gpt", JUNE, PLAIN));

        assertThat(models.apply(List.of(
                        new Models.Edit.Put(named(2, "fine"), version(12, "fine", JUNE, PLAIN)),
                        new Models.Edit.Put(named(3, "other", "Chat"), version(13, "other", JUNE, PLAIN)))))
                .isPresent()
                .get(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .isEqualToIgnoringCase("chat");
        assertThat(models.apply(List.of(new Models.Edit.Put(named(4, "GPT"), version(14, "GPT", JUNE, PLAIN)))))
                .isPresent();

        assertThat(models.all()).containsExactly(priced(named(1, "gpt", "chat"), version(11, "gpt", JUNE, PLAIN)));
        assertThat(models.version(new PriceVersionId(12))).isEmpty();
    }

    @Test
    void lets_a_name_pass_from_one_model_to_another_in_one_step() {
        Models models = models();
        put(models, named(1, "gpt", "chat"), version(11, "gpt", JUNE, PLAIN));

        assertThat(models.apply(List.of(
                        new Models.Edit.Put(named(1, "gpt"), null),
                        new Models.Edit.Put(named(2, "chat"), version(12, "chat", JUNE, PLAIN)))))
                .isEmpty();

        assertThat(models.all()).hasSize(2);
    }

    private static void put(Models models, Model model, PriceVersion version) {
        assertThat(models.apply(List.of(new Models.Edit.Put(model, version)))).isEmpty();
    }

    private static PricedModel priced(Model model, PriceVersion... versions) {
        return new PricedModel(model, new PriceHistory(List.of(versions)));
    }

    private static Model named(long id, String name, String... aliases) {
        return new Model(new ModelId(id), name, "openai", Set.of(aliases), true, null, null);
    }

    private static PriceVersion version(long id, String model, Instant from, PriceSheet sheet) {
        return new PriceVersion(new PriceVersionId(id), model, from, sheet);
    }
}
