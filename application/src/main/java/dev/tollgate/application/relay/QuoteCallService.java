package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.relay.QuoteSheet.Verdict;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.relay.Hold;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a call the way {@link RelayService} does, up to the point where something would be taken or sent. */
public final class QuoteCallService implements QuoteCall {
    private final Holders holders;
    private final Entrance entrance;
    private final Routing routing;
    private final Admitting admitting;
    private final SlotQueue slots;
    private final QuoteSheet sheet;
    private final InstantSource clock;

    public QuoteCallService(
            Holders holders,
            Entrance entrance,
            Routing routing,
            Admitting admitting,
            SlotQueue slots,
            QuoteSheet sheet,
            InstantSource clock) {
        this.holders = holders;
        this.entrance = entrance;
        this.routing = routing;
        this.admitting = admitting;
        this.slots = slots;
        this.sheet = sheet;
        this.clock = clock;
    }

    /** Where a key and its user are looked up. */
    public record Holders(ApiKeys keys, Users users) {
        Optional<KeyHolder> find(ApiKeyId id) {
            return keys.find(id)
                    .flatMap(stored -> users.find(stored.key().userId())
                            .filter(user -> !user.isDeleted())
                            .map(StoredUser::user)
                            .map(user -> new KeyHolder(stored.key(), user)));
        }
    }

    @Override
    public Answer quote(ApiKeyId key, RelayCall call) {
        return holders.find(key)
                .<Answer>map(holder -> new Answer.Told(quote(holder, call)))
                .orElseGet(Answer.NoSuchKey::new);
    }

    private Quote quote(KeyHolder holder, RelayCall call) {
        return switch (entrance.check(call, holder)) {
            case Entrance.Result.Refused(CallError error) -> new Quote(null, null, null, null, List.of(), error);
            case Entrance.Result.Granted granted -> sheet.write(granted, admitting.terms(granted), verdict(granted));
        };
    }

    private Verdict verdict(Entrance.Result.Granted granted) {
        return switch (routing.route(granted)) {
            case Routing.Routes.Closed(CallError error) -> refused(null, error);
            case Routing.Routes.Open(Candidates candidates) ->
                candidates.isEmpty() ? refused(null, CallErrors.noAccount()) : verdict(granted, candidates);
        };
    }

    private Verdict verdict(Entrance.Result.Granted granted, Candidates candidates) {
        if (granted.call().free()) {
            return ready(candidates, null, null, null, null);
        }
        return switch (admitting.open(granted)) {
            case Admitting.Opening.Closed(Admission.Refused(CallError error)) -> refused(next(candidates, null), error);
            case Admitting.Opening.Open(Asking asking) ->
                switch (admitting.weigh(asking)) {
                    case Admission.Refused(CallError error) ->
                        new Verdict(next(candidates, null), asking.payers().get(0), null, null, error);
                    case Admission.Admitted admitted -> {
                        Hold hold = admitted.ticket().hold();
                        yield ready(candidates, admitted.boundTo(), asking.payer(hold), hold, admitted.outputBound());
                    }
                };
        };
    }

    private static Verdict refused(@Nullable Account account, CallError error) {
        return new Verdict(account, null, null, null, error);
    }

    /** Of a call that is let in, and waits for nothing but an account. */
    private Verdict ready(
            Candidates candidates,
            @Nullable AccountId boundTo,
            @Nullable PayerTerms payer,
            @Nullable Hold hold,
            @Nullable Long outputBound) {
        SlotQueue.Slot slot = slots.look(candidates, boundTo);
        return slot instanceof SlotQueue.Slot.Taken(Account account)
                ? new Verdict(account, payer, hold, outputBound, null)
                : new Verdict(null, payer, hold, outputBound, CallErrors.noSlot(slot, candidates, clock.instant()));
    }

    private @Nullable Account next(Candidates candidates, @Nullable AccountId boundTo) {
        return slots.look(candidates, boundTo) instanceof SlotQueue.Slot.Taken(Account account) ? account : null;
    }
}
