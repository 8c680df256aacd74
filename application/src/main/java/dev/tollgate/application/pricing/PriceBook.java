package dev.tollgate.application.pricing;

import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.TokenRates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The price list in memory. */
public interface PriceBook {
    /** The version of what has no price and is served free; {@link #version} knows it too. */
    PriceVersionId FREE_VERSION = new PriceVersionId(0);

    /** What is free costs nothing whatever its class. */
    TokenRates FREE_RATES = TokenRates.of(TokenPrice.FREE, TokenPrice.FREE);

    /** The free version, as a model's; it is the same for every name. */
    static PriceVersion freeVersion(String model) {
        return new PriceVersion(FREE_VERSION, model, Instant.EPOCH, PriceSheet.of(FREE_RATES));
    }

    /** The enabled model a name leads to (mappings first, then exact name, alias) with its price in force. */
    Optional<Priced> find(String asked, Instant at);

    /** The prices of a model or alias at an instant, for models named inside an answer; null where there are none. */
    @Nullable
    PriceSheet sheet(String model, Instant at);

    /** A version by its id, whatever became of its model since. */
    Optional<PriceVersion> version(PriceVersionId id);

    /** All enabled models that have a price. */
    List<Model> models();

    /**
     * A model and the version of its prices that holds.
     *
     * @param wanted the name that goes upstream unless the account maps it: as asked for, or a mapping's target
     */
    record Priced(Model model, PriceVersion version, String wanted) {
        /** A model that is not on the list and served free; version 0 is always the free one. */
        public static Priced free(String name, String platform) {
            Model model = new Model(new ModelId(0), name, platform, Set.of(), true, null, null);
            return new Priced(model, freeVersion(name), name);
        }
    }
}
