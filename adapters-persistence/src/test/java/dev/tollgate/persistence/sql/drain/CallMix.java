package dev.tollgate.persistence.sql.drain;

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
import dev.tollgate.domain.pricing.CostBreakdown;
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
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Calls as a busy gateway serves them: a few users make most of them, each with two keys, three models and four accounts;
 * packages, credit and nobody pay; one in twenty was tried twice, one in fifty failed, half read from a cache.
 */
final class CallMix {
    private static final int USERS = 400;
    private static final int ACCOUNTS = 20;
    private static final int MODELS = 12;
    private static final long PICOS_INPUT = 300_000;
    private static final String AGENT = "Anthropic/Python 0.71.0 (Linux; CPython 3.13.1) httpx/0.28.1";

    private final Random random;

    CallMix(long seed) {
        this.random = new Random(seed);
    }

    /** A settled call, admitted at an instant. */
    Settlement settled(Instant at) {
        long user = 1L + few(USERS);
        int model = likedBy(user, few(3), MODELS);
        PriceVersion price = price(model);
        Usage usage = Usage.of(tokens());
        boolean isFailed = random.nextInt(50) == 0;
        boolean isRetried = isFailed || random.nextInt(20) == 0;
        Usage billed = isFailed ? Usage.NONE : usage;
        CostBreakdown costs =
                isFailed ? CostBreakdown.NOTHING : Pricing.of(price.sheet()).price(usage);
        Charge charge = new Charge(costs, MULTIPLIER);
        long latency = 200L + random.nextInt(20_000);
        return new Settlement(
                ticket(at, user, price, charge.total()),
                isFailed ? CallStatus.UPSTREAM_ERROR : CallStatus.COMPLETED,
                isFailed ? 502 : 200,
                isFailed ? UsageSource.ESTIMATED : UsageSource.UPSTREAM,
                billed,
                charge,
                attempts(at, user, model, billed, costs, isRetried, isFailed, latency),
                new Timing(latency, 100L + random.nextInt(2_000)),
                new TreeSet<>());
    }

    private static final Multiplier MULTIPLIER = new Multiplier(1_100_000_000_000L);

    /** What a model costs; its number is the version's. */
    static PriceVersion price(int model) {
        TokenRates rates = new TokenRates(Map.of(
                TokenClass.INPUT, new TokenPrice(PICOS_INPUT * (model + 1)),
                TokenClass.OUTPUT, new TokenPrice(5 * PICOS_INPUT * (model + 1)),
                TokenClass.CACHE_READ, new TokenPrice(PICOS_INPUT * (model + 1) / 10)));
        return new PriceVersion(new PriceVersionId(model + 1L), name(model), Instant.EPOCH, PriceSheet.of(rates));
    }

    private static String name(int model) {
        return "claude-model-" + model + "-20251101";
    }

    /** Small numbers are likelier. */
    private int few(int bound) {
        return Math.min(random.nextInt(bound), random.nextInt(bound));
    }

    /** The same few for the same user. */
    private static int likedBy(long user, int which, int of) {
        return (int) ((user * 7 + which * 5L) % of);
    }

    private TokenUsage tokens() {
        TokenUsage tokens = TokenUsage.of(100L + random.nextInt(8_000), 1L + random.nextInt(2_000));
        return random.nextBoolean()
                ? tokens.with(TokenClass.CACHE_READ, 1_000L + random.nextInt(50_000))
                        .with(TokenClass.CACHE_WRITE_5M, random.nextInt(2_000))
                : tokens;
    }

    private Ticket ticket(Instant at, long user, PriceVersion price, Money cost) {
        long key = 2 * user + random.nextInt(2);
        Payer payer = switch ((int) (user % 4)) {
            case 0 -> new Payer.Metered();
            case 1 -> new Payer.OfCredit(new UserId(user));
            default -> new Payer.OfPackage(new UserPackageId(10_000 + user));
        };
        return new Ticket(
                RequestId.precisely(at, random.nextLong()),
                new Caller(new UserId(user), new ApiKeyId(key), "203.0.113." + user % 250, AGENT),
                new Asked(
                        "messages",
                        price.model(),
                        price.model(),
                        "anthropic",
                        random.nextBoolean(),
                        price.id(),
                        MULTIPLIER),
                new Hold(payer, SpendMode.STRICT, cost.plus(Money.ofNanos(random.nextInt(100_000))), false),
                windows(at, user, key, payer),
                null);
    }

    private static List<SubjectWindows> windows(Instant at, long user, long key, Payer payer) {
        List<WindowKey> dayAndTotal = windows(at, WindowKind.DAY);
        List<SubjectWindows> windows = new ArrayList<>(List.of(
                new SubjectWindows(new Subject(SubjectKind.USER, user), dayAndTotal),
                new SubjectWindows(new Subject(SubjectKind.KEY, key), dayAndTotal)));
        switch (payer) {
            case Payer.OfPackage held ->
                windows.add(new SubjectWindows(
                        new Subject(SubjectKind.PACKAGE, held.id().value()),
                        windows(at, WindowKind.DAY, WindowKind.WEEK, WindowKind.MONTH)));
            case Payer.OfCredit credit ->
                windows.add(new SubjectWindows(
                        new Subject(SubjectKind.CREDIT, credit.id().value()), List.of(Window.TOTAL.key())));
            case Payer.Metered metered -> {}
        }
        return windows;
    }

    private static List<WindowKey> windows(Instant at, WindowKind... kinds) {
        List<WindowKey> windows = new ArrayList<>();
        for (WindowKind kind : kinds) {
            windows.add(WindowCalendar.of(ZoneOffset.UTC).window(kind, at).key());
        }
        windows.add(Window.TOTAL.key());
        return windows;
    }

    private List<AttemptRecord> attempts(
            Instant at,
            long user,
            int model,
            Usage usage,
            CostBreakdown costs,
            boolean isRetried,
            boolean isFailed,
            long latency) {
        List<AttemptRecord> attempts = new ArrayList<>();
        if (isRetried) {
            attempts.add(attempt(1, user, at, 120, name(model), 529, "overloaded", TokenUsage.NONE, Cost.ZERO));
        }
        attempts.add(attempt(
                attempts.size() + 1,
                user,
                at,
                latency,
                name(model),
                isFailed ? 502 : 200,
                isFailed ? "broken" : null,
                usage.tokens(),
                costs.total()));
        return attempts;
    }

    private AttemptRecord attempt(
            int number,
            long user,
            Instant at,
            long latency,
            String model,
            int status,
            String failure,
            TokenUsage tokens,
            Cost cost) {
        return new AttemptRecord(
                number,
                new AccountId(1L + likedBy(user, few(4), ACCOUNTS)),
                AccountType.CLAUDE,
                model,
                at,
                at.plusMillis(latency),
                status,
                failure,
                tokens,
                cost);
    }
}
