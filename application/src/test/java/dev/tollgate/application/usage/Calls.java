package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.Pricing;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.Hold;
import dev.tollgate.domain.relay.Progress;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Calls for tests: user 7 with key 9 and package 15, served by account 3; a token costs one nano-dollar. */
public final class Calls {
    public static final UserId USER = new UserId(7);
    public static final ApiKeyId KEY = new ApiKeyId(9);
    public static final AccountId ACCOUNT = new AccountId(3);
    public static final Subject PACKAGE = new Subject(SubjectKind.PACKAGE, 15);
    public static final Subject OF_USER = new Subject(SubjectKind.USER, USER.value());
    public static final Subject OF_KEY = new Subject(SubjectKind.KEY, KEY.value());
    public static final Window DAY = WindowCalendar.of(ZoneOffset.UTC).window(WindowKind.DAY, SteppedClock.NOON);
    public static final WindowKey TOTAL = Window.TOTAL.key();
    public static final PriceVersion PRICE = new PriceVersion(
            new PriceVersionId(1),
            "model-a",
            Instant.EPOCH,
            PriceSheet.of(TokenRates.of(new TokenPrice(1_000), new TokenPrice(1_000))));

    private static final AtomicLong RANDOM = new AtomicLong();

    private Calls() {}

    public static RequestId id() {
        return id(SteppedClock.NOON);
    }

    public static RequestId id(Instant at) {
        long number = RANDOM.incrementAndGet();
        return RequestId.at(at, number, number * 0x9E3779B97F4A7C15L);
    }

    public static List<SubjectWindows> ownWindows() {
        return List.of(
                new SubjectWindows(OF_USER, List.of(DAY.key(), TOTAL)),
                new SubjectWindows(OF_KEY, List.of(DAY.key(), TOTAL)));
    }

    public static SubjectWindows packageWindows() {
        return new SubjectWindows(PACKAGE, List.of(DAY.key(), TOTAL));
    }

    public static Ticket ticket(RequestId id, Money held) {
        return ticket(id, USER, held);
    }

    public static Ticket ticket(RequestId id, UserId user, Money held) {
        return new Ticket(
                id,
                new Caller(user, KEY, "192.0.2.1", "test/1"),
                new Asked("chat", "model-a", "model-a", "openai", true, PRICE.id(), Multiplier.ONE),
                new Hold(new Payer.OfPackage(new UserPackageId(PACKAGE.id())), SpendMode.STRICT, held, false),
                List.of(ownWindows().get(0), ownWindows().get(1), packageWindows()));
    }

    /** A final result that costs as many nano-dollars as it has output tokens. */
    public static Settlement settled(Ticket ticket, long tokens) {
        return settlement(ticket, CallStatus.COMPLETED, tokens);
    }

    public static Settlement orphan(Ticket ticket, long tokens) {
        return settlement(ticket, CallStatus.ORPHAN, tokens);
    }

    /** The same result by another account. */
    public static Settlement servedBy(AccountId account, Settlement settlement) {
        AttemptRecord last = settlement.attempts().getLast();
        AttemptRecord others = new AttemptRecord(
                last.number(),
                account,
                last.accountType(),
                last.sentModel(),
                last.startedAt(),
                last.endedAt(),
                last.httpStatus(),
                last.failure(),
                last.tokens(),
                last.upstreamCost());
        return new Settlement(
                settlement.ticket(),
                settlement.status(),
                settlement.httpStatus(),
                settlement.usageSource(),
                settlement.usage(),
                settlement.charge(),
                List.of(others),
                settlement.timing(),
                new TreeSet<>(settlement.flags()));
    }

    public static Progress progress(Ticket ticket, long tokens) {
        return new Progress(ticket.id(), TokenUsage.of(0, tokens), tokens > 0, List.of(attempt(ticket, tokens)));
    }

    private static Settlement settlement(Ticket ticket, CallStatus status, long tokens) {
        Usage usage = Usage.of(TokenUsage.of(0, tokens));
        return new Settlement(
                ticket,
                status,
                200,
                UsageSource.UPSTREAM,
                usage,
                new Charge(Pricing.of(PRICE.sheet()).price(usage), Multiplier.ONE),
                List.of(attempt(ticket, tokens)),
                new Timing(120, 40L),
                new TreeSet<>());
    }

    private static AttemptRecord attempt(Ticket ticket, long tokens) {
        Instant at = ticket.admittedAt();
        return new AttemptRecord(
                1,
                ACCOUNT,
                AccountType.SIMULATED,
                "model-a",
                at,
                at.plusMillis(100),
                200,
                null,
                TokenUsage.of(0, tokens),
                Cost.ofPicos(tokens * 900));
    }
}
