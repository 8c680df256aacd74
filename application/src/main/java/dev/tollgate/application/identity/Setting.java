package dev.tollgate.application.identity;

import dev.tollgate.domain.money.Money;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** What an operator can set while Tollgate runs; an edit holds on every node within two seconds. */
public enum Setting {
    SYNC_ENABLED(
            "sync.enabled", "true", Kind.BOOLEAN, "Whether settled usage moves on into SQL; off pauses it, visibly."),
    SYNC_INTERVAL(
            "sync.interval",
            "5m",
            Kind.DURATION,
            "The longest settled usage may wait before it is moved into SQL. Not acted on: while sync.enabled is on it"
                    + " is moved within moments."),
    LOG_LEVEL("log.level", "info", Kind.LEVEL, "The level of Tollgate's loggers that have none of their own."),
    LOG_LEVEL_MAIN("log.level.main", "inherit", Kind.OWN_LEVEL, "The level of the logger tollgate.main."),
    LOG_LEVEL_PROXY("log.level.proxy", "inherit", Kind.OWN_LEVEL, "The level of the logger tollgate.proxy."),
    LOG_LEVEL_SYNC("log.level.sync", "inherit", Kind.OWN_LEVEL, "The level of the logger tollgate.sync."),
    LOG_LEVEL_SCHEDULER(
            "log.level.scheduler", "inherit", Kind.OWN_LEVEL, "The level of the logger tollgate.scheduler."),
    USAGE_DEFAULT_GRANULARITY(
            "usage.default_granularity", "day", Kind.GRANULARITY, "The granularity of a usage series that names none."),
    USAGE_REFRESH_INTERVAL(
            "usage.refresh_interval", "30s", Kind.DURATION, "How often the console asks for usage figures again."),
    USAGE_CLIENT_GONE_POLICY(
            "usage.client_gone_policy",
            "drain",
            Kind.CLIENT_GONE_POLICY,
            "What happens to an answer whose caller left: read on up to 30 s for its usage, or cancelled at once."),
    LIMITS_DEFAULT_MAX_OUTPUT(
            "limits.default_max_output",
            "8192",
            Kind.COUNT,
            "Output tokens a call is held for when it names no bound and its model has no smaller one."),
    LIMITS_MIN_OUTPUT(
            "limits.min_output", "256", Kind.COUNT, "The smallest output bound a call's own may be lowered to."),
    PRICING_UNKNOWN_MODEL(
            "pricing.unknown_model",
            "refuse",
            Kind.UNKNOWN_MODEL,
            "Whether a model without a price is refused or free."),
    PRICING_GLOBAL_MULTIPLIER(
            "pricing.global_multiplier", "1", Kind.FACTOR, "A factor on every price, besides the key's or the user's."),
    SCHEDULER_SLOT_WAIT(
            "scheduler.slot_wait",
            "2s",
            Kind.DURATION,
            "How long a call waits for an account's slot before it is refused."),
    RELAY_FETCH_IMAGES(
            "relay.fetch_images",
            "false",
            Kind.BOOLEAN,
            "Whether image URLs are fetched for platforms that take none."),
    RELAY_IDEMPOTENCY_ENABLED(
            "relay.idempotency.enabled", "false", Kind.BOOLEAN, "Whether an Idempotency-Key header is honoured."),
    RETRY_MAX_ATTEMPTS("retry.max_attempts", "5", Kind.COUNT, "Most accounts one call may be sent to."),
    DEGRADED_ALLOWANCE(
            "degraded.allowance",
            "10",
            Kind.MONEY,
            "Dollars a node may let lenient packages and postpaid users spend while the live store is away."),
    ALERTS_KEY_EXPIRING(
            "alerts.key_expiring", "7d", Kind.DURATION, "How long before a key's end key.expiring is first raised."),
    ALERTS_KEY_EXPIRING_LAST(
            "alerts.key_expiring_last",
            "1d",
            Kind.DURATION,
            "How long before a key's end key.expiring is raised for the second and last time."),
    ALERTS_ACCOUNT_RATE_LIMITED(
            "alerts.account_rate_limited",
            "15m",
            Kind.DURATION,
            "From how long on a rate limit that still lies ahead of an account makes it account.down."),
    RETENTION_RECORDS(
            "retention.records",
            "0s",
            Kind.DURATION,
            "How long usage records are kept; 0s keeps them for ever. Not acted on yet: they are kept for ever."),
    RETENTION_WEBHOOK_DELIVERIES(
            "retention.webhook_deliveries",
            "30d",
            Kind.DURATION,
            "How long the log of webhook deliveries goes back; 0s keeps none of it.");

    private final String key;
    private final String standard;
    private final Kind kind;
    private final String description;

    Setting(String key, String standard, Kind kind, String description) {
        this.key = key;
        this.standard = standard;
        this.kind = kind;
        this.description = description;
    }

    public String key() {
        return key;
    }

    /** The value it has until somebody sets it. */
    public String standard() {
        return standard;
    }

    public String description() {
        return description;
    }

    /** The part of the key before its first dot. */
    public String category() {
        return key.substring(0, key.indexOf('.'));
    }

    /** What is wrong with a value, in words for an operator; empty if nothing is. */
    public Optional<String> fault(String value) {
        return kind.takes(value)
                ? Optional.empty()
                : Optional.of(key + " must be " + kind.words + ", not '" + value + "'");
    }

    public static Optional<Setting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** The kinds of value. */
    private enum Kind {
        BOOLEAN("true or false"),
        DURATION("a whole number of ms, s, m, h or d, such as 5m"),
        COUNT("a whole number from 1 to 1000000000"),
        MONEY("dollars from 0 to 4000000 with at most nine decimals"),
        FACTOR("a number from 0 to 1000 with at most six decimals"),
        LEVEL("trace, debug, info, warn or error"),
        OWN_LEVEL("trace, debug, info, warn, error or inherit"),
        GRANULARITY("hour, day, week or month"),
        CLIENT_GONE_POLICY("drain or cancel"),
        UNKNOWN_MODEL("refuse or free");

        private static final int COUNT_DIGITS_MAX = 9;

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean takes(String value) {
            return switch (this) {
                case BOOLEAN -> value.equals("true") || value.equals("false");
                case DURATION -> Durations.isReadable(value);
                case COUNT -> isCount(value);
                case MONEY -> isMoney(value);
                case FACTOR -> isFactor(value);
                case LEVEL, OWN_LEVEL, GRANULARITY, CLIENT_GONE_POLICY, UNKNOWN_MODEL ->
                    Arrays.asList(words.split(", | or ", -1)).contains(value);
            };
        }

        private static boolean isCount(String value) {
            boolean isShortNumber = !value.isEmpty()
                    && value.length() <= COUNT_DIGITS_MAX
                    && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            return isShortNumber && Long.parseLong(value) > 0;
        }

        private static boolean isMoney(String value) {
            try {
                Money dollars = Money.ofDollars(value);
                return !dollars.isNegative() && dollars.compareTo(Money.LIMIT_MAX) <= 0;
            } catch (ArithmeticException | IllegalArgumentException e) {
                return false;
            }
        }

        private static boolean isFactor(String value) {
            try {
                dev.tollgate.domain.money.Multiplier unused =
                        dev.tollgate.domain.money.Multiplier.of(new BigDecimal(value));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
