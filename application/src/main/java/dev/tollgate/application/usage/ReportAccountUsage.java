package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what accounts served and what their calls cost the customers. */
public interface ReportAccountUsage {
    /**
     * Every account's figures.
     *
     * @param averaged what averages run over
     */
    Report all(ZoneId zone, Span averaged);

    /** One account's figures; empty if there is no such account. */
    Optional<Report> of(AccountId account, ZoneId zone, Span averaged);

    /** An account's usage by key, the dearest first; empty if there is no such account. */
    Optional<Breakdown> breakdown(AccountId account, Span span, int limit);

    /** Accounts' figures as they were known at an instant. */
    record Report(List<AccountUsage> accounts, Freshness freshness) {
        public Report {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * One account's figures.
     *
     * @param daily of today in the zone asked for, and {@code monthly} of this month
     */
    record AccountUsage(
            AccountId id,
            String name,
            String platform,
            Totals daily,
            Totals monthly,
            Totals total,
            Averages averages) {}

    /**
     * Usage by key.
     *
     * @param totals over every key, shown or not
     */
    record Breakdown(List<KeyUsage> keys, Totals totals) {
        public Breakdown {
            keys = List.copyOf(keys);
        }
    }

    /**
     * What one key used of an account.
     *
     * @param name null if the key is not known any more, as {@code username}
     */
    record KeyUsage(
            ApiKeyId key,
            @Nullable String name,
            UserId user,
            @Nullable String username,
            Totals totals,
            String lastModel) {}

    /** Where figures come from and up to when they count. */
    record Freshness(String source, Instant asOf) {}
}
