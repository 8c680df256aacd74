package dev.tollgate.web.relay.quote;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.QuoteCall.Priced;
import dev.tollgate.application.relay.QuoteCall.Quote;
import dev.tollgate.application.relay.QuoteCall.Size;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.web.admin.entitlement.LimitView;
import dev.tollgate.web.relay.openai.OpenAiErrors;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a call would meet, as it is shown; what is not known before the refusal is null. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record QuoteView(
        @Nullable String model,
        @Nullable String platform,
        @Nullable String upstreamModel,
        @Nullable AccountPart account,
        @Nullable Long inputTokens,
        @Nullable Long inputBound,
        @Nullable Long outputBound,
        @Nullable Boolean clamped,
        @Nullable PayerPart payer,
        @Nullable String hold,
        @Nullable String minCost,
        @Nullable String maxCost,
        @Nullable Long priceVersion,
        @Nullable String priceMultiplier,
        List<LimitView> limits,
        @Nullable RefusalPart refusal) {

    static QuoteView refused(CallError error) {
        return from(new Quote(null, null, null, null, List.of(), error));
    }

    static QuoteView from(Quote quote) {
        Priced priced = quote.priced();
        Size size = quote.size();
        Hold hold = quote.hold();
        return new QuoteView(
                priced == null ? null : priced.model().name(),
                priced == null ? null : priced.model().platform(),
                priced == null ? null : priced.sentModel(),
                AccountPart.from(quote.account()),
                size == null ? null : (Long) size.inputTokens(),
                size == null ? null : (Long) size.inputBound(),
                size == null ? null : (Long) size.outputBound(),
                hold == null ? null : (Boolean) hold.clamped(),
                hold == null ? null : PayerPart.from(hold),
                hold == null ? null : hold.amount().text(),
                size == null ? null : size.least().text(),
                size == null ? null : size.most().text(),
                priced == null ? null : (Long) priced.version().value(),
                priced == null ? null : priced.multiplier().text(),
                quote.limits().stream().map(LimitView::from).toList(),
                RefusalPart.from(quote.refusal()));
    }

    /** The account that would be asked first. */
    @Serdeable
    record AccountPart(long id, String name, String type) {
        static @Nullable AccountPart from(@Nullable Account account) {
            return account == null
                    ? null
                    : new AccountPart(
                            account.id().value(), account.name(), account.type().wireName());
        }
    }

    /**
     * Who would carry the hold.
     *
     * @param id the user package's, or the user's whose credit it is; null for a call that is only metered
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PayerPart(String type, @Nullable Long id, String spendMode) {
        static PayerPart from(Hold hold) {
            String mode = hold.mode().name().toLowerCase(Locale.ROOT);
            return switch (hold.payer()) {
                case Payer.OfPackage(var id) -> new PayerPart("package", id.value(), mode);
                case Payer.OfCredit(var user) -> new PayerPart("credit", user.value(), mode);
                case Payer.Metered metered -> new PayerPart("metered", null, mode);
            };
        }
    }

    /**
     * What the caller would be told.
     *
     * @param code as chat completions word it
     * @param retryAfter in seconds, null where time does not help
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RefusalPart(
            int status,
            String code,
            String message,
            @Nullable Long retryAfter) {
        static @Nullable RefusalPart from(@Nullable CallError error) {
            if (error == null) {
                return null;
            }
            return new RefusalPart(
                    error.status(), OpenAiErrors.word(error.code()), error.message(), error.retryAfterSeconds());
        }
    }
}
