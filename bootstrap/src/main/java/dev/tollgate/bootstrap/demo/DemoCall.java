package dev.tollgate.bootstrap.demo;

import dev.tollgate.application.pricing.PriceBook.Priced;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** One call of the demonstration's month. */
record DemoCall(Instant at, User user, ApiKey key, Account account, Priced priced, TokenUsage tokens) {
    private static final int OK = 200;
    private static final int MILLIS_A_TOKEN = 12;
    private static final int FIRST_TOKEN_MIN = 180;
    private static final int FIRST_TOKEN_MAX = 1_400;
    private static final String ADDRESS = "203.0.113.7";
    private static final String AGENT = "demo/1.0";

    /** What became of it, if there was somebody to pay. */
    Optional<Settlement> settle(DemoWallets wallets, Random random) {
        RequestId id = RequestId.at(at, random.nextLong(), random.nextLong());
        Charge charge = new Charge(Pricing.of(priced.version().sheet()).price(Usage.of(tokens)), Multiplier.ONE);
        Cost cost = charge.breakdown().total();
        long firstToken = random.nextLong(FIRST_TOKEN_MIN, FIRST_TOKEN_MAX);
        long latency = firstToken + tokens.output() * MILLIS_A_TOKEN;
        return wallets.pay(key, charge.total(), at)
                .map(paid -> new Settlement(
                        ticket(id, charge, paid),
                        CallStatus.COMPLETED,
                        OK,
                        UsageSource.UPSTREAM,
                        Usage.of(tokens),
                        charge,
                        List.of(attempt(id, latency, cost)),
                        new Timing(latency, firstToken),
                        new TreeSet<>()));
    }

    private Ticket ticket(RequestId id, Charge charge, DemoWallets.Paid paid) {
        Instant admitted = id.instant();
        List<WindowKey> own = windows(admitted);
        String platform = priced.model().platform();
        return new Ticket(
                id,
                new Caller(user.id(), key.id(), ADDRESS, AGENT),
                new Asked(
                        platform.equals("claude") ? "messages" : "chat",
                        priced.model().name(),
                        priced.model().name(),
                        platform,
                        true,
                        priced.version().id(),
                        charge.multiplier()),
                new Hold(paid.payer(), SpendMode.STRICT, charge.total(), false),
                List.of(
                        new SubjectWindows(
                                new Subject(SubjectKind.USER, user.id().value()), own),
                        new SubjectWindows(new Subject(SubjectKind.KEY, key.id().value()), own),
                        paid.windows()));
    }

    private List<WindowKey> windows(Instant admitted) {
        WindowCalendar calendar = WindowCalendar.of(user.zone(admitted));
        return List.of(
                calendar.window(WindowKind.DAY, admitted).key(),
                calendar.window(WindowKind.MONTH, admitted).key(),
                Window.TOTAL.key());
    }

    private AttemptRecord attempt(RequestId id, long latency, Cost cost) {
        return new AttemptRecord(
                1,
                account.id(),
                account.type(),
                account.sentModel(priced.wanted(), priced.model().name()),
                id.instant(),
                id.instant().plusMillis(latency),
                OK,
                null,
                tokens,
                cost);
    }
}
