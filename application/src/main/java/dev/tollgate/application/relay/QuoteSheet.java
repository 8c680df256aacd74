package dev.tollgate.application.relay;

import dev.tollgate.application.relay.QuoteCall.Priced;
import dev.tollgate.application.relay.QuoteCall.Quote;
import dev.tollgate.application.relay.QuoteCall.Size;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a quote: what a call is counted at, what it can cost and how its limits stand. */
public final class QuoteSheet {
    private final Upstream upstream;
    private final LiveStore liveStore;

    public QuoteSheet(Upstream upstream, LiveStore liveStore) {
        this.upstream = upstream;
        this.liveStore = liveStore;
    }

    /**
     * What admission and the choice of an account came to.
     *
     * @param payer who would carry the call or refused it first; null if nobody was asked
     * @param outputBound the bound lowered to what is left; null if it stays
     */
    record Verdict(
            @Nullable Account account,
            @Nullable PayerTerms payer,
            @Nullable Hold hold,
            @Nullable Long outputBound,
            @Nullable CallError refusal) {}

    Quote write(Entrance.Result.Granted granted, Admitting.Terms terms, Verdict verdict) {
        String sentModel = sentModel(granted, verdict.account());
        return new Quote(
                new Priced(
                        granted.priced().model(),
                        sentModel,
                        granted.priced().version().id(),
                        terms.multiplier()),
                verdict.account(),
                size(granted, terms, verdict, sentModel),
                verdict.hold(),
                limits(granted, verdict.payer()),
                verdict.refusal());
    }

    private static String sentModel(Entrance.Result.Granted granted, @Nullable Account account) {
        String wanted = granted.priced().wanted();
        return account == null
                ? wanted
                : account.sentModel(wanted, granted.priced().model().name());
    }

    private Size size(Entrance.Result.Granted granted, Admitting.Terms terms, Verdict verdict, String sentModel) {
        AccountType type = verdict.account() == null ? null : verdict.account().type();
        long input = upstream.inputTokens(granted.call(), type, sentModel, terms.contextWindow());
        long output = verdict.outputBound() == null ? terms.output() : verdict.outputBound();
        if (granted.call().free()) {
            return new Size(input, terms.input(), output, Money.ZERO, Money.ZERO);
        }
        Usage asked = Usage.of(TokenUsage.of(input, 0));
        Money least =
                new Charge(Pricing.of(granted.priced().version().sheet()).price(asked), terms.multiplier()).total();
        return new Size(input, terms.input(), output, least, terms.bound().covering(output));
    }

    /** Each subject's figures are of one moment, all together are not. */
    private List<KeyLimit> limits(Entrance.Result.Granted granted, @Nullable PayerTerms payer) {
        UserId user = granted.holder().user().id();
        CallLimits limits = CallLimits.of(granted.holder(), granted.call().id().instant());
        List<CostLimit> ofPayer = payer == null ? List.of() : payer.limits();
        Map<Subject, Map<WindowKey, Spent>> spent = new HashMap<>();
        Map<Subject, Pace> paces = new HashMap<>();
        Stream.concat(limits.costs().stream(), ofPayer.stream())
                .filter(limit -> !limit.isNone())
                .map(CostLimit::subject)
                .distinct()
                .forEach(subject -> spent.put(subject, liveStore.spent(user, subject)));
        limits.rates().stream()
                .filter(RateLimits::isAny)
                .map(RateLimits::subject)
                .forEach(subject -> paces.put(subject, liveStore.pace(user, subject)));
        ToldLimits told = new ToldLimits(spent, paces);
        List<KeyLimit> all = new ArrayList<>(told.of(limits));
        all.addAll(told.of(ofPayer));
        return all;
    }
}
