package dev.tollgate.persistence.sql.usage;

import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** The tables of usage, for tests that look into them or start from nothing. */
public final class UsageTables {
    private static final List<String> ALL = List.of(
            "usage_record",
            "usage_attempt",
            "usage_quarter",
            "usage_day",
            "window_usage",
            "account_totals",
            "account_upstream",
            "user_totals",
            "key_totals",
            "dead_letter",
            "shard_state");

    /** Looking at every row of a million takes its time. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private UsageTables() {}

    /** The same with a number that its column cannot hold. */
    static Settlement unwritable(Settlement settlement) {
        return new Settlement(
                settlement.ticket(),
                settlement.status(),
                1 << 20,
                settlement.usageSource(),
                settlement.usage(),
                settlement.charge(),
                settlement.attempts(),
                settlement.timing(),
                new TreeSet<>(settlement.flags()));
    }

    public static void empty(TestDatabase database) {
        database.transactions().run(sql -> {
            for (String table : ALL) {
                sql.update("DELETE FROM " + table);
            }
        });
    }

    public static long number(TestDatabase database, String query) {
        return database.transactions().patient(SILENCE).read(sql -> sql.number(query));
    }
}
