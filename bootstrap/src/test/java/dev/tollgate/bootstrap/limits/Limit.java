package dev.tollgate.bootstrap.limits;

import dev.tollgate.bootstrap.server.World;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every limit an operator can set on how much is called: whose it is, the field it is set by, and what a refused caller
 * reads. A call costs a cent, its 100 output tokens at $100 a million.
 */
public enum Limit {
    KEY_RPM(Whose.KEY, "rpm_limit", Counts.CALLS, Refusal.RATE, "requests-per-minute limit of the key", Resets.MINUTE),
    KEY_TPM(Whose.KEY, "tpm_limit", Counts.TOKENS, Refusal.RATE, "tokens-per-minute limit of the key", Resets.MINUTE),
    KEY_CONCURRENCY(
            Whose.KEY,
            "max_concurrency",
            Counts.CALLS_AT_ONCE,
            Refusal.RATE,
            "limit of concurrent calls of the key",
            Resets.NEVER),
    KEY_DAILY_REQUESTS(
            Whose.KEY, "daily_request_limit", Counts.CALLS, Refusal.RATE, "day request limit of the key", Resets.DAY),
    KEY_DAILY_COST(Whose.KEY, "daily_cost_limit", Counts.CENTS, Refusal.MONEY, "day cost limit of the key", Resets.DAY),
    KEY_MONTHLY_COST(
            Whose.KEY, "monthly_cost_limit", Counts.CENTS, Refusal.MONEY, "month cost limit of the key", Resets.MONTH),
    KEY_TOTAL_COST(
            Whose.KEY, "total_cost_limit", Counts.CENTS, Refusal.MONEY, "total cost limit of the key", Resets.NEVER),
    USER_RPM(
            Whose.USER,
            "rpm_limit",
            Counts.CALLS,
            Refusal.RATE,
            "requests-per-minute limit of the user",
            Resets.MINUTE),
    USER_CONCURRENCY(
            Whose.USER,
            "max_concurrency",
            Counts.CALLS_AT_ONCE,
            Refusal.RATE,
            "limit of concurrent calls of the user",
            Resets.NEVER),
    USER_DAILY_COST(
            Whose.USER, "daily_cost_limit", Counts.CENTS, Refusal.MONEY, "day cost limit of the user", Resets.DAY),
    USER_MONTHLY_COST(
            Whose.USER,
            "monthly_cost_limit",
            Counts.CENTS,
            Refusal.MONEY,
            "month cost limit of the user",
            Resets.MONTH),
    ACCOUNT_CONCURRENCY(
            Whose.ACCOUNT,
            "max_concurrency",
            Counts.CALLS_AT_ONCE,
            Refusal.ACCOUNT,
            "has reached its limit of concurrent calls",
            Resets.NEVER),
    ACCOUNT_DAILY_BUDGET(
            Whose.ACCOUNT,
            "daily_budget",
            Counts.CENTS,
            Refusal.ACCOUNT,
            "has too little left of its daily budget",
            Resets.DAY);

    /** Who has the limit. */
    enum Whose {
        KEY,
        USER,
        ACCOUNT
    }

    /** What one call takes of it. */
    enum Counts {
        CALLS,
        CALLS_AT_ONCE,
        TOKENS,
        CENTS
    }

    /** When what is used is forgotten. */
    enum Resets {
        MINUTE,
        DAY,
        MONTH,
        NEVER
    }

    /** What a call used in tokens, and more than it is reckoned at until that is known. */
    private static final int TOKENS = 101;

    private static final int TOKENS_RECKONED_MOST = 150;

    /** What calls that run at once are reckoned at, each about so much. */
    private static final int TOKENS_AT_ONCE = 120;

    private final Whose whose;
    private final String field;
    private final Counts counts;
    private final Refusal refusal;
    private final String words;
    private final Resets resets;

    Limit(Whose whose, String field, Counts counts, Refusal refusal, String words, Resets resets) {
        this.whose = whose;
        this.field = field;
        this.counts = counts;
        this.refusal = refusal;
        this.words = words;
        this.resets = resets;
    }

    /** A key, and the model it is to call, with this limit set so that so many calls fit. */
    public record Caller(String key, String model) {}

    /** Sets it up, for calls one after another, where the shared model is served by an account without limits. */
    Caller allowing(int calls, World world, String name, String sharedModel, URI upstream) {
        return with(value(calls), world, name, sharedModel, upstream);
    }

    /** The same for calls of which none ends before the last has come. */
    public Caller allowingAtOnce(int calls, World world, String name, String sharedModel, URI upstream) {
        Object value = counts == Counts.TOKENS ? calls * TOKENS_AT_ONCE + TOKENS_AT_ONCE / 4 : value(calls);
        return with(value, world, name, sharedModel, upstream);
    }

    private Caller with(Object value, World world, String name, String sharedModel, URI upstream) {
        Map<String, Object> limit = Map.of(field, value);
        long user = world.user(name, "1000");
        if (whose == Whose.USER) {
            world.admin().put("/api/admin/users/" + user, limit);
        }
        String model = whose == Whose.ACCOUNT ? name : sharedModel;
        if (whose == Whose.ACCOUNT) {
            world.model(model, "openai", "0", "100");
            world.account("openai", upstream, Map.of("name", name, "allowed_models", List.of(model), field, value));
        }
        return new Caller(world.key(user, whose == Whose.KEY ? limit : Map.of()), model);
    }

    private Object value(int calls) {
        return switch (counts) {
            case CALLS, CALLS_AT_ONCE -> calls;
            case TOKENS -> (calls - 1) * TOKENS + TOKENS_RECKONED_MOST;
            case CENTS -> cents(calls);
        };
    }

    /** What its refusal says is used when so many calls were served; null where it does not say. */
    @Nullable
    String usedAfter(int calls) {
        if (whose == Whose.ACCOUNT) {
            return null;
        }
        return switch (counts) {
            case CALLS, CALLS_AT_ONCE -> calls + " of " + calls + " used";
            case TOKENS -> calls * TOKENS + " of " + value(calls) + " used";
            case CENTS -> "$" + cents(calls) + " of $" + cents(calls) + " used, $0 held";
        };
    }

    static String cents(int cents) {
        return new java.math.BigDecimal(cents)
                .movePointLeft(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    public boolean isOfCallsAtOnce() {
        return counts == Counts.CALLS_AT_ONCE;
    }

    public boolean isByTheMinute() {
        return resets == Resets.MINUTE;
    }

    public int status() {
        return refusal.status();
    }

    Refusal refusal() {
        return refusal;
    }

    String words() {
        return words;
    }

    Resets resets() {
        return resets;
    }
}
