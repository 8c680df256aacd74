package dev.tollgate.application.relay;

import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.relay.Hold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: tell what a call would meet at this moment, without making it. Nothing is held, counted or sent. */
public interface QuoteCall {
    /**
     * @param call names no key and no address; the key's allowed addresses are not asked
     * @throws dev.tollgate.application.identity.StoreUnavailable if the database or the live store is away
     */
    Answer quote(ApiKeyId key, RelayCall call);

    /** What came of the question. */
    sealed interface Answer {
        record Told(Quote quote) implements Answer {}

        record NoSuchKey() implements Answer {}
    }

    /**
     * What a call would meet.
     *
     * @param priced what the price list says; null if the call is refused before that is asked
     * @param account the one that would be asked first, null if none can be
     * @param size null as {@code priced} is
     * @param hold null if nothing would be held: the call is refused, or free
     * @param limits of the key, its user and the payer that would carry the call, else of the first that was asked
     * @param refusal what the caller would be told; null if the call would be sent
     */
    record Quote(
            @Nullable Priced priced,
            @Nullable Account account,
            @Nullable Size size,
            @Nullable Hold hold,
            List<KeyLimit> limits,
            @Nullable CallError refusal) {
        public Quote {
            limits = List.copyOf(limits);
        }
    }

    /**
     * By what the call would be charged.
     *
     * @param sentModel the model's name upstream, at the account that would be asked
     */
    record Priced(Model model, String sentModel, PriceVersionId version, Multiplier multiplier) {}

    /**
     * How large the call is and can become.
     *
     * @param inputTokens our own count, an estimate
     * @param inputBound the most input tokens it can have
     * @param outputBound the most output tokens of each answer, as they would be lowered to what is left
     * @param least what it costs if the count is right and nothing is answered
     * @param most what it can cost within both bounds
     */
    record Size(long inputTokens, long inputBound, long outputBound, Money least, Money most) {}
}
