package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.pricing.Model;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the enabled models that have a price and that the key's scope allows. */
public final class ListModelsService implements ListModels {
    private final KeyRing keyRing;
    private final PriceBook priceBook;
    private final InstantSource clock;

    public ListModelsService(KeyRing keyRing, PriceBook priceBook, InstantSource clock) {
        this.keyRing = keyRing;
        this.priceBook = priceBook;
        this.clock = clock;
    }

    @Override
    public Listing list(Visitor visitor) {
        return answer(
                visitor,
                scope -> new Listing.Models(priceBook.models().stream()
                        .filter(model -> allows(scope, visitor.pinnedPlatform(), model))
                        .sorted(Comparator.comparing(Model::name))
                        .toList()));
    }

    @Override
    public Listing find(Visitor visitor, String name) {
        Instant now = clock.instant();
        return answer(
                visitor,
                scope -> priceBook
                        .find(name, now)
                        .map(PriceBook.Priced::model)
                        .filter(model -> allows(scope, visitor.pinnedPlatform(), model))
                        .<Listing>map(model -> new Listing.Models(List.of(model)))
                        .orElseGet(() -> new Listing.Refused(CallErrors.unknownModel(name))));
    }

    private Listing answer(Visitor visitor, Function<KeyScope, Listing> answer) {
        try {
            String keyText = visitor.keyText();
            Optional<KeyHolder> holder = keyText == null ? Optional.empty() : keyRing.find(keyText);
            if (holder.isEmpty()) {
                return new Listing.Refused(CallErrors.unknownKey(keyText == null));
            }
            CallError closed = Entrance.whyClosed(holder.get(), visitor.clientIp(), clock.instant());
            return closed == null ? answer.apply(holder.get().key().scope()) : new Listing.Refused(closed);
        } catch (StoreUnavailable e) {
            return new Listing.Refused(CallErrors.storeAway());
        }
    }

    private static boolean allows(KeyScope scope, @Nullable String pinnedPlatform, Model model) {
        boolean isOfFamily = pinnedPlatform == null || pinnedPlatform.equals(model.platform());
        boolean isBlocked = scope.blockedModels().matches(model.name());
        return isOfFamily
                && !isBlocked
                && scope.allowsPlatform(model.platform())
                && Stream.concat(Stream.of(model.name()), model.aliases().stream())
                        .anyMatch(scope::allowsModel);
    }
}
