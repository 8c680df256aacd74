package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.domain.apikey.KeyCheck;
import dev.tollgate.domain.apikey.KeyScope;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is calling, and whether they may ask for that model at all. Nothing is held or sent yet. */
public final class Entrance {
    /** The dialect whose models stand on no price list. */
    private static final String HAVE_NO_PRICE = "moderations";

    private final KeyRing keyRing;
    private final PriceBook priceBook;
    private final UnpricedModels unpricedModels;
    private final RelaySettings settings;

    public Entrance(KeyRing keyRing, PriceBook priceBook, UnpricedModels unpricedModels, RelaySettings settings) {
        this.keyRing = keyRing;
        this.priceBook = priceBook;
        this.unpricedModels = unpricedModels;
        this.settings = settings;
    }

    /** Whether a call may go on to admission. */
    public sealed interface Result {
        record Granted(RelayCall call, KeyHolder holder, PriceBook.Priced priced) implements Result {}

        record Refused(CallError error) implements Result {}
    }

    /** As {@link #check} of a call by a key that is known already, from wherever it comes. */
    Result check(RelayCall call, KeyHolder holder) {
        try {
            Instant now = call.id().instant();
            CallError closed = whyClosed(holder, now);
            return closed != null ? refuse(closed) : lookUp(call, holder, now);
        } catch (StoreUnavailable e) {
            return refuse(CallErrors.storeAway());
        }
    }

    /** By what holds at the instant of admission, which all nodes agree on. */
    Result check(RelayCall call) {
        try {
            Instant now = call.id().instant();
            Optional<KeyHolder> holder = call.keyText() == null ? Optional.empty() : keyRing.find(call.keyText());
            if (holder.isEmpty()) {
                return refuse(CallErrors.unknownKey(call.keyText() == null));
            }
            CallError closed = whyClosed(holder.get(), call.clientIp(), now);
            return closed != null ? refuse(closed) : lookUp(call, holder.get(), now);
        } catch (StoreUnavailable e) {
            return refuse(CallErrors.storeAway());
        }
    }

    /** Why a key opens nothing now, from that address; null if it does. */
    static @Nullable CallError whyClosed(KeyHolder holder, @Nullable String clientIp, Instant now) {
        CallError closed = whyClosed(holder, now);
        boolean isOpen = closed != null || holder.key().scope().allowsAddress(clientIp);
        return isOpen ? closed : CallErrors.addressNotAllowed();
    }

    private static @Nullable CallError whyClosed(KeyHolder holder, Instant now) {
        return switch (holder.key().check(now)) {
            case KeyCheck.Disabled disabled -> CallErrors.disabledKey();
            case KeyCheck.Expired expired -> CallErrors.expiredKey();
            case KeyCheck.Valid valid -> holder.user().active() ? null : CallErrors.disabledKey();
        };
    }

    private Result lookUp(RelayCall call, KeyHolder holder, Instant now) {
        String asked = call.body().model();
        KeyScope scope = holder.key().scope();
        Optional<PriceBook.Priced> priced = priceBook.find(asked, now).or(() -> unpriced(call));
        if (priced.isEmpty()) {
            return refuse(CallErrors.unknownModel(asked));
        }
        String model = priced.get().model().name();
        boolean isModelAllowed = scope.allowsModel(model)
                || (scope.allowsModel(asked) && !scope.blockedModels().matches(model));
        boolean isBlocked = scope.blockedModels().matches(asked);
        if (!isModelAllowed
                || isBlocked
                || !scope.allowsPlatform(priced.get().model().platform())) {
            return refuse(CallErrors.modelNotAllowed(asked));
        }
        return new Result.Granted(call, holder, priced.get());
    }

    /** A model without a price is free where the operator wants that, and of the family its dialect is at home in. */
    private Optional<PriceBook.Priced> unpriced(RelayCall call) {
        boolean couldHavePrice = !HAVE_NO_PRICE.equals(call.dialect());
        if (couldHavePrice && call.keyText() != null) { // a quote asks for nothing
            unpricedModels.asked(call.body().model());
        }
        if (couldHavePrice && settings.refuseUnpriced()) {
            return Optional.empty();
        }
        String pinned = call.pinnedPlatform();
        String platform = pinned != null ? pinned : home(call.dialect());
        return Optional.of(PriceBook.Priced.free(call.body().model(), platform));
    }

    private static String home(String dialect) {
        return switch (dialect) {
            case "messages", "count_tokens" -> "claude";
            case "generate_content", "gemini_count_tokens", "embed_content" -> "gemini";
            default -> "openai";
        };
    }

    private static Result refuse(CallError error) {
        return new Result.Refused(error);
    }
}
