package dev.tollgate.persistence.codec;

import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call counts in one line: {@code user:7,key:9,all:0,account:3|2026-11-21|requests=1,cost=60|1763726400000}.
 * A number that is zero is left out; the last is when it occurred.
 */
public final class CountsText {
    public static final String COST = "cost";
    public static final String LAST_USED = "last_used_at";

    private static final String EVERYONE = "all:0";

    private CountsText() {}

    public static String write(Counts counts) {
        Instant at = counts.added().lastUsedAt();
        if (at == null) {
            throw new IllegalArgumentException("a call occurred at some time");
        }
        return counts.whose().stream().map(CountsText::named).collect(Collectors.joining(",")) + "|" + counts.day()
                + "|"
                + numbers(counts.added()).entrySet().stream()
                        .filter(number -> number.getValue() != 0)
                        .map(number -> number.getKey() + "=" + number.getValue())
                        .collect(Collectors.joining(","))
                + "|" + at.toEpochMilli();
    }

    /** Reads what {@link #write} wrote. */
    public static Counts read(String text) {
        String[] parts = text.split("\\|", -1);
        UserId user = new UserId(0);
        ApiKeyId key = new ApiKeyId(0);
        @Nullable AccountId account = null;
        for (String name : parts[0].split(",", -1)) {
            switch (totalled(name)) {
                case Totalled.OfUser(UserId id) -> user = id;
                case Totalled.OfKey(ApiKeyId id) -> key = id;
                case Totalled.OfAccount(AccountId id) -> account = id;
                case Totalled.Everyone everyone -> {} // in every call's counts
            }
        }
        Map<String, Long> numbers = new HashMap<>();
        for (String number : parts[2].split(",", -1)) {
            int equals = number.indexOf('=');
            numbers.put(number.substring(0, equals), Long.parseLong(number.substring(equals + 1)));
        }
        numbers.put(LAST_USED, Long.parseLong(parts[3]));
        return new Counts(user, key, account, LocalDate.parse(parts[1]), totals(numbers));
    }

    /** The sums by the names they have in texts and hashes, in one order. */
    public static Map<String, Long> numbers(Totals totals) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("requests", totals.requests());
        numbers.put("errors", totals.errors());
        numbers.put("input_tokens", totals.inputTokens());
        numbers.put("output_tokens", totals.outputTokens());
        numbers.put("cache_read_tokens", totals.cacheReadTokens());
        numbers.put("cache_write_tokens", totals.cacheWriteTokens());
        numbers.put(COST, totals.cost().nanos());
        return numbers;
    }

    /** The sums of numbers so named; one that is missing is zero. */
    public static Totals totals(Map<String, Long> numbers) {
        Long at = numbers.get(LAST_USED);
        return new Totals(
                numbers.getOrDefault("requests", 0L),
                numbers.getOrDefault("errors", 0L),
                numbers.getOrDefault("input_tokens", 0L),
                numbers.getOrDefault("output_tokens", 0L),
                numbers.getOrDefault("cache_read_tokens", 0L),
                numbers.getOrDefault("cache_write_tokens", 0L),
                Money.ofNanos(numbers.getOrDefault(COST, 0L)),
                at == null ? null : Instant.ofEpochMilli(at));
    }

    public static String named(Totalled whose) {
        return switch (whose) {
            case Totalled.OfAccount(AccountId account) -> "account:" + account.value();
            case Totalled.OfUser(UserId user) -> "user:" + user.value();
            case Totalled.OfKey(ApiKeyId key) -> "key:" + key.value();
            case Totalled.Everyone everyone -> EVERYONE;
        };
    }

    /** Reads what {@link #named} wrote. */
    public static Totalled totalled(String name) {
        if (name.equals(EVERYONE)) {
            return new Totalled.Everyone();
        }
        int colon = name.indexOf(':');
        long id = Long.parseLong(name.substring(colon + 1));
        return switch (name.substring(0, colon)) {
            case "account" -> new Totalled.OfAccount(new AccountId(id));
            case "user" -> new Totalled.OfUser(new UserId(id));
            case "key" -> new Totalled.OfKey(new ApiKeyId(id));
            default -> throw new IllegalArgumentException("nobody's totals: " + name);
        };
    }
}
