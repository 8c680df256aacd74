package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.relay.ListModels.Listing;
import dev.tollgate.application.relay.ListModels.Visitor;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListModelsServiceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final KeyScope ONLY_GPT = new KeyScope(
            new ModelPatterns(Set.of("gpt-*")), ModelPatterns.NONE, Set.of(), Set.of(), Set.of(), Set.of());
    private static final KeyScope NO_MINI = new KeyScope(
            ModelPatterns.NONE, new ModelPatterns(Set.of("*-mini")), Set.of("openai"), Set.of(), Set.of(), Set.of());

    @Test
    void names_every_model_in_order_for_a_key_that_may_use_all() {
        assertThat(names(list(KeyScope.ANYTHING, true, null))).containsExactly("claude-x", "gpt-5", "gpt-5-mini");
    }

    @Test
    void leaves_out_what_the_key_may_not_use() {
        assertThat(names(list(ONLY_GPT, true, null))).containsExactly("gpt-5", "gpt-5-mini");
        assertThat(names(list(NO_MINI, true, null))).containsExactly("gpt-5");
    }

    @Test
    void leaves_out_other_families_where_one_is_pinned() {
        assertThat(names(list(KeyScope.ANYTHING, true, "claude"))).containsExactly("claude-x");
    }

    @Test
    void finds_a_model_by_its_alias_and_hides_what_is_not_allowed() {
        ListModels all = service(KeyScope.ANYTHING, true);
        ListModels gpt = service(ONLY_GPT, true);

        assertThat(names(all.find(visitor(null), "latest"))).containsExactly("claude-x");
        assertThat(gpt.find(visitor(null), "latest"))
                .isInstanceOfSatisfying(
                        Listing.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(CallError.Code.MODEL_NOT_FOUND));
    }

    @Test
    void refuses_a_key_that_is_missing_unknown_or_disabled() {
        ListModels models = service(KeyScope.ANYTHING, true);

        assertThat(code(models.list(new Visitor(null, null, null)))).isEqualTo(CallError.Code.INVALID_API_KEY);
        assertThat(code(models.list(new Visitor("other", null, null)))).isEqualTo(CallError.Code.INVALID_API_KEY);
        assertThat(code(list(KeyScope.ANYTHING, false, null))).isEqualTo(CallError.Code.INVALID_API_KEY);
    }

    @Test
    void does_not_call_a_key_unknown_when_nobody_can_tell() {
        ListModels models = new ListModelsService(
                key -> {
                    throw new StoreUnavailable("away", new IllegalStateException());
                },
                new Prices(),
                InstantSource.fixed(NOW));

        assertThat(code(models.list(visitor(null)))).isEqualTo(CallError.Code.NO_AVAILABLE_ACCOUNT);
    }

    private static Listing list(KeyScope scope, boolean active, @Nullable String platform) {
        return service(scope, active).list(visitor(platform));
    }

    private static Visitor visitor(@Nullable String platform) {
        return new Visitor("key", "127.0.0.1", platform);
    }

    private static List<String> names(Listing listing) {
        return ((Listing.Models) listing).models().stream().map(Model::name).toList();
    }

    private static CallError.Code code(Listing listing) {
        return ((Listing.Refused) listing).error().code();
    }

    private static ListModels service(KeyScope scope, boolean active) {
        UserId userId = new UserId(1);
        ApiKey key = new ApiKey(
                new ApiKeyId(2),
                userId,
                "k",
                active,
                KeyExpiry.NEVER,
                scope,
                KeyLimits.NONE,
                0,
                null,
                BillingType.ANY,
                null);
        User user = new User(
                userId,
                "ann",
                null,
                Role.USER,
                true,
                BillingMode.PREPAID,
                null,
                UserLimits.NONE,
                0,
                HomeZone.of(ZoneOffset.UTC),
                Set.of());
        return new ListModelsService(
                text -> text.equals("key") ? Optional.of(new KeyHolder(key, user)) : Optional.empty(),
                new Prices(),
                InstantSource.fixed(NOW));
    }

    /** Three models at no price in particular. */
    private static final class Prices implements PriceBook {
        private static final List<Model> MODELS = List.of(
                model("gpt-5-mini", "openai", Set.of()),
                model("gpt-5", "openai", Set.of()),
                model("claude-x", "claude", Set.of("latest")));

        @Override
        public Optional<Priced> find(String asked, Instant at) {
            PriceVersion version =
                    new PriceVersion(new PriceVersionId(1), asked, Instant.EPOCH, PriceSheet.of(FREE_RATES));
            return MODELS.stream()
                    .filter(model ->
                            model.name().equals(asked) || model.aliases().contains(asked))
                    .findFirst()
                    .map(model -> new Priced(model, version, asked));
        }

        @Override
        public @Nullable PriceSheet sheet(String model, Instant at) {
            return null;
        }

        @Override
        public Optional<PriceVersion> version(PriceVersionId id) {
            return Optional.empty();
        }

        @Override
        public List<Model> models() {
            return MODELS;
        }

        private static Model model(String name, String platform, Set<String> aliases) {
            return new Model(new ModelId(name.hashCode()), name, platform, aliases, true, null, null);
        }
    }
}
